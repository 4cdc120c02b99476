#!/usr/bin/env bash
# `voicecoach service` under a real `systemd --user`, in namespaces of its own; as root.
#
#   tests/service/real_systemd.sh PYTHON
#
# PYTHON is an interpreter that has voicecoach. The user, its home, its sound server (two null
# sinks), its cgroups and the journal exist only in here. What is tried: install, status, logs; a
# program that stands still is ended by the watchdog and started again, one that is killed is started
# again, one that is asked to end is not; remove. It takes a minute and a half, most of it waiting.
# Needs: systemd util-linux pulseaudio pulseaudio-utils libasound2-plugins libportaudio2.
set -euo pipefail
python=${1:?a Python that has voicecoach}
checkout=$(cd "$(dirname "$0")/../.." && pwd)
id=4242

if [ "${VOICECOACH_INSIDE:-}" != yes ]; then
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    export VOICECOACH_INSIDE=yes VOICECOACH_ROOT=$root
    unshare --mount --pid --fork --mount-proc --kill-child "$0" "$python"
    exit
fi

root=$VOICECOACH_ROOT
mine=$root/checkout # where the user can read it, wherever it lies
case $python in "$checkout"/*) python=$mine/${python#"$checkout"/} ;; esac
world() { # a world in which this user exists and systemd runs
    mount --make-rprivate /
    umount -R /sys/fs/cgroup 2>/dev/null || true
    mount -t cgroup2 none /sys/fs/cgroup
    mount -t tmpfs none /run
    mount -t tmpfs none /var/log
    mkdir -p /run/systemd/system /run/systemd/journal /var/log/journal "/run/user/$id" "$root/home"
    touch /run/systemd/journal/flushed # each user has a journal of their own
    { cat /etc/passwd; echo "lying:x:$id:$id::$root/home:/bin/bash"; } >"$root/passwd"
    { cat /etc/group; echo "lying:x:$id:"; } >"$root/group"
    mount --bind "$root/passwd" /etc/passwd
    mount --bind "$root/group" /etc/group
    # an interpreter may lie in the home of root, which others may not enter
    of_root=$(getent passwd 0 | cut -d: -f6)
    mkdir "$root/of-root"
    for name in "$of_root/.pyenv" "$of_root/.local"; do
        [ -d "$name" ] || continue
        mkdir "$root/of-root/${name##*/}"
        mount --bind "$name" "$root/of-root/${name##*/}"
    done
    mount --rbind "$root/of-root" "$of_root"
    mkdir "$mine"
    mount --bind "$checkout" "$mine"
    chown "$id:$id" "$root/home" "/run/user/$id"
    chmod 700 "/run/user/$id"
    chmod 755 "$root"
    cgroup=/sys/fs/cgroup/lying-$$
    mkdir -p "$cgroup/start"
    chown -R "$id:$id" "$cgroup"
    echo $$ >"$cgroup/start/cgroup.procs"
    /lib/systemd/systemd-journald 2>/dev/null &
}

lying() { # run as the user
    setpriv --reuid "$id" --regid "$id" --init-groups env -i HOME="$root/home" USER=lying \
        PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 XDG_RUNTIME_DIR="/run/user/$id" PYTHONPATH="$mine" \
        ALSA_CONFIG_PATH="$card/asound.conf" PULSE_SERVER="unix:$card/socket" "$@"
}
coach() { lying "$python" -m voicecoach service "$@"; }
of_unit() { lying systemctl --user show -P "$1" voicecoach.service; }
fail() { printf 'FAILED: %s\n' "$*" >&2; lying systemctl --user --no-pager status voicecoach.service >&2 || true; exit 1; }
until_is() { # SECONDS NAME VALUE: wait until a property of the unit has a value
    for _ in $(seq $(($1 * 2))); do
        if [ "$(of_unit "$2")" = "$3" ]; then return; fi
        sleep 0.5
    done
    fail "$2 is $(of_unit "$2") after $1 s, not $3"
}
restarted() { # SECONDS PID HOW-OFTEN: wait until another process runs
    until_is "$1" NRestarts "$3"
    until_is 60 ActiveState active
    [ "$(of_unit MainPID)" != "$2" ] || fail "the same process runs"
}

world
card=$root/home/card
lying mkdir "$card"
lying "$mine/tests/card/virtual_card.sh" start "$card"
lying /lib/systemd/systemd --user --log-target=journal &
for _ in $(seq 40); do
    if lying systemctl --user is-system-running >/dev/null 2>&1; then break; fi
    sleep 0.25
done

echo "install"
coach install
until_is 1 ActiveState active # Type=notify: it said that it is ready
[ "$(of_unit Type)" = notify ] || fail "not of type notify"
[ "$(of_unit WatchdogUSec)" = 30s ] || fail "the watchdog is $(of_unit WatchdogUSec)"

echo "status"
coach status | grep -q "active (running)" || fail "status does not tell that it runs"
echo "logs"
sleep 1
coach logs | tail -n 3

echo "the watchdog ends a program that stands still"
pid=$(of_unit MainPID)
began=$SECONDS
kill -STOP "$pid"
restarted 75 "$pid" 1
echo "  another one runs after $((SECONDS - began)) s"

echo "it is started again when it was killed, however often"
for n in 2 3; do
    pid=$(of_unit MainPID)
    began=$SECONDS
    kill -KILL "$pid"
    restarted 40 "$pid" "$n"
    echo "  another one runs after $((SECONDS - began)) s"
done

echo "remove"
coach remove
[ "$(of_unit ActiveState)" = inactive ] || fail "it still runs"
[ "$(of_unit Result)" = success ] || fail "it ended with $(of_unit Result)"
[ ! -e "$root/home/.config/systemd/user/voicecoach.service" ] || fail "the unit file is there"
lying "$mine/tests/card/virtual_card.sh" stop "$card"
echo "a real systemd: all as it should be"
