#!/usr/bin/env bash
# The recipe "Raspberry Pi OS" of docs/service.md, line by line, in an emulated 64-bit Arm Debian, and
# once more in one of this computer's own kind; then what both heard, played and took, side by side.
# As root.
#
#   tests/service/arm64.sh FOLDER
#
# FOLDER keeps both systems (2 GB each), so that another run skips the parts that are there; a new
# folder begins with an empty disk. Settings come from the environment:
#
#   SUITE=bookworm        Debian 12, or trixie for 13
#   CPU=cortex-a72        the processor of a Raspberry Pi 4; cortex-a76 is that of a 5
#   SPEECH=DIR            hears 50 of its recordings of commands, too (the layout of bench/ears.py)
#   EXTRAS=yes            installs the extras `natural` and `whisper`, says a line, repeats demo and hearing
#   MIRROR=ADDRESS        of Debian, if not the usual one
#
# Lines that end with "# only on a Pi" need a sound card or a systemd, and are left out.
# Needs: debootstrap qemu-user-static time git, and a network with a package index.
set -euo pipefail
folder=$(realpath -m "${1:?a folder for the two systems}")
checkout=$(cd "$(dirname "$0")/../.." && pwd)
: "${SUITE:=bookworm}" "${CPU:=cortex-a72}" "${SPEECH:=}" "${EXTRAS:=}" "${MIRROR:=}"
id=1000 home=/home/coach # the first user of a new system
audio=29

if [ "${VOICECOACH_INSIDE:-}" != yes ]; then
    export VOICECOACH_INSIDE=yes
    mkdir -p "$folder"
    exec unshare --mount --pid --fork --mount-proc --kill-child "$0" "$folder"
fi

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
part() { printf '\n=== %s (%s s)\n' "$*" "$SECONDS"; }

binfmt=/proc/sys/fs/binfmt_misc
emulate() { # let the kernel run Arm programs: F finds qemu from within a chroot, C lets sudo be root
    mount -t binfmt_misc none "$binfmt"
    [ ! -e "$binfmt/voicecoach" ] || echo -1 >"$binfmt/voicecoach" # of a run that was killed
    sed -E 's/^:[^:]+/:voicecoach/; s/:[A-Z]+$/:OCPF/' /usr/lib/binfmt.d/qemu-aarch64.conf >"$binfmt/register"
    trap 'echo -1 >"$binfmt/voicecoach"' EXIT
}

cpuinfo() { # what a Raspberry Pi says of its processors: qemu 7.2 shows those of this computer
    local variant part features
    case $CPU in
    cortex-a76) variant=0x4 part=0xd0b features="fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp" ;;
    *) variant=0x0 part=0xd08 features="fp asimd evtstrm crc32 cpuid" ;;
    esac
    for n in $(seq 0 $(($(nproc --all) - 1))); do
        printf 'processor\t: %s\nBogoMIPS\t: 108.00\nFeatures\t: %s\nCPU implementer\t: 0x41\n' "$n" "$features"
        printf 'CPU architecture: 8\nCPU variant\t: %s\nCPU part\t: %s\nCPU revision\t: 3\n\n' "$variant" "$part"
    done
}

build() { # ARCH: the least Debian, with certificates, sudo and a user
    local root=$folder/$1/root foreign=()
    [ ! -e "$folder/$1/built" ] || return 0
    rm -rf "${folder:?}/$1"
    mkdir -p "$root"
    [ "$1" = amd64 ] || foreign=(--foreign)
    debootstrap "${foreign[@]}" --arch="$1" --variant=minbase --include=ca-certificates,sudo "$SUITE" "$root" \
        ${MIRROR:+"$MIRROR"} >"$folder/$1/debootstrap" || { tail "$folder/$1/debootstrap"; fail "debootstrap"; }
    if [ "$1" = arm64 ]; then
        chroot "$root" /debootstrap/debootstrap --second-stage >>"$folder/$1/debootstrap" ||
            { tail "$folder/$1/debootstrap"; fail "debootstrap, second stage"; }
    fi
    # the way out is this computer's; no service starts in a chroot
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    if [ -e /etc/pip.conf ]; then cp -L /etc/pip.conf "$root/etc/"; fi
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    chroot "$root" useradd --uid "$id" --groups audio --shell /bin/bash coach
    printf 'Defaults env_keep += "DEBIAN_FRONTEND QEMU_CPU"\ncoach ALL=(ALL) NOPASSWD: ALL\n' >"$root/etc/sudoers.d/coach"
    touch "$folder/$1/built"
}

enter() { # ARCH: mounts, and an empty home
    local root=$folder/$1/root
    mount -t proc none "$root/proc"
    mount --bind -o ro /sys "$root/sys" # onnxruntime counts the processors there
    mount -t tmpfs none "$root/dev"
    mkdir "$root/dev/shm" "$root/dev/pts"
    mount -t tmpfs none "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 none "$root/dev/pts"
    for node in null zero full random urandom tty; do
        touch "$root/dev/$node"
        mount --bind "/dev/$node" "$root/dev/$node"
    done
    ln -s /proc/self/fd "$root/dev/fd"
    if [ "$1" = arm64 ]; then
        cpuinfo >"$folder/cpuinfo"
        mount --bind "$folder/cpuinfo" "$root/proc/cpuinfo"
    fi
    rm -rf "$root$home"
    mkdir -p "$root$home" "$root/srv/checkout" "$root/srv/speech"
    mount --bind -o ro "$folder/checkout" "$root/srv/checkout"
    if [ -n "$SPEECH" ]; then
        mount --bind -o ro "$SPEECH" "$root/srv/speech"
        cp "$folder/clips" "$root$home/"
    fi
    # the project's address leads to this checkout
    printf '[url "/srv/checkout"]\n\tinsteadOf = https://github.com/voicecoach/voicecoach\n' \
        >"$root$home/.gitconfig"
    printf '[safe]\n\tdirectory = *\n' >>"$root$home/.gitconfig"
    chown -R "$id:$id" "$root$home"
}

line() { # ARCH LINE: as the user, timed
    local root=$folder/$1/root
    printf '\n[%s] $ %s\n' "$1" "$2"
    /usr/bin/time -o "$folder/$1/took" -f '%e\t%U\t%S\t%M' \
        chroot --userspec="$id:$id" --groups="$id,$audio" "$root" env -i HOME="$home" USER=coach LANG=C.UTF-8 \
        PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin DEBIAN_FRONTEND=noninteractive QEMU_CPU="$CPU" \
        bash -euo pipefail -c "cd; $2" </dev/null >"$folder/$1/said" 2>&1 ||
        { cat "$folder/$1/said"; fail "[$1] $2"; }
    tail -n 3 "$folder/$1/said"
    printf '%s\t%s\n' "$2" "$(tail -n 1 "$folder/$1/took")" >>"$folder/$1/times"
}

recipe() { # the lines of the fenced blocks of the section
    awk '/^## /{inside = /^## Raspberry Pi OS/} inside && /^ *```/{fence = !fence; next} inside && fence' \
        "$checkout/docs/service.md" | grep -Ev '^\s*(#|$)' | sed 's/^ *//'
}

clips() { # 50 recordings, of speakers on whom nothing was trained; the same ones each time
    PYTHONPATH=$checkout/models python3 - "$SPEECH" <<'PY'
import hashlib
import sys
from pathlib import Path
from recipe import corpus

clips = [clip for clip in corpus.read(Path(sys.argv[1])) if clip.kind == "commands" and clip.side == corpus.TUNE]
chosen = sorted(clips, key=lambda clip: hashlib.sha256(clip.id.encode()).digest())[:50]
print("\n".join(f"/srv/speech/{clip.id}" for clip in sorted(chosen, key=lambda clip: clip.id)))
PY
}

emulate
rm -rf "$folder/checkout"
git clone -q "$checkout" "$folder/checkout"
if [ -n "$SPEECH" ]; then clips >"$folder/clips"; fi
for arch in amd64 arm64; do
    part "$SUITE, $arch"
    build "$arch"
    enter "$arch"
    : >"$folder/$arch/times"
    while read -r text <&3; do
        case $text in
        *"# only on a Pi"*) printf '\n[%s] left out: %s\n' "$arch" "$text" ;;
        *) line "$arch" "$text" ;;
        esac
    done 3< <(recipe)
    line "$arch" "printf 'no\\n%.0s' {1..40} | coach/bin/voicecoach screen"
    line "$arch" "coach/bin/voicecoach demo --into again" # the voice is rendered: the session alone
    line "$arch" "coach/bin/voicecoach rehearse desk-break --quiet --events desk-break.jsonl --coach desk-break.wav"
    if [ -n "$SPEECH" ]; then line "$arch" "coach/bin/voicecoach listen --json \$(cat clips) >heard.jsonl"; fi
    if [ "$EXTRAS" = yes ]; then
        line "$arch" "coach/bin/pip install './voicecoach[natural,whisper]'"
        line "$arch" "coach/bin/voicecoach doctor"
        line "$arch" "coach/bin/voicecoach say --voice heart --out natural.wav 'Breathe in, and roll slowly.'"
        line "$arch" "coach/bin/voicecoach demo --voice en-us+f2 --verifier whisper --into whisper"
        if [ -n "$SPEECH" ]; then
            line "$arch" "coach/bin/voicecoach listen --json --verifier whisper \$(cat clips) >heard-whisper.jsonl"
        fi
    fi
    line "$arch" "coach/bin/pip freeze --exclude voicecoach >packages"
done
part "side by side"
qemu-aarch64-static --version | head -n 1
python3 "$checkout/tests/service/arm64_compare.py" "$folder"
