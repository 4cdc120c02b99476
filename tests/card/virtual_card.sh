#!/bin/sh
# A sound card without hardware or kernel modules: a private PulseAudio with two null sinks.
#
#   tests/card/virtual_card.sh start DIR    start it; then: . DIR/env
#   tests/card/virtual_card.sh stop DIR
#   tests/card/virtual_card.sh run COMMAND...   start it in a temporary folder, run, stop it
#
# What is played to `default` lands in the sink "speaker"; what is written into the sink "mic" is
# heard from `default`. Needs: libportaudio2 pulseaudio pulseaudio-utils libasound2-plugins.
# Everything of it lives in DIR, so the user's own sound server and settings are left alone.
set -eu
action=${1:?start, stop or run}
if [ "$action" = run ]; then
    shift
    dir=$(mktemp -d)
else
    mkdir -p "${2:?a folder}"
    dir=$(cd "$2" && pwd)
fi

daemon() { # real-time scheduling where the system allows it: without, load makes gaps
    if chrt -r 5 true 2>/dev/null; then set -- chrt -r 5 "$@"; fi
    exec env HOME="$dir" XDG_RUNTIME_DIR="$dir" XDG_CONFIG_HOME="$dir" "$@"
}

start() {
    chmod 700 "$dir"
    cat >"$dir/default.pa" <<PA
load-module module-native-protocol-unix socket=$dir/socket auth-anonymous=1
load-module module-null-sink sink_name=speaker rate=48000 channels=1 format=s16le norewinds=1
load-module module-null-sink sink_name=mic rate=48000 channels=1 format=s16le norewinds=1
set-default-sink speaker
set-default-source mic.monitor
PA
    cat >"$dir/asound.conf" <<ASOUND
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse server "unix:$dir/socket" }
ctl.!default { type pulse server "unix:$dir/socket" }
ASOUND
    cat >"$dir/env" <<ENV
export ALSA_CONFIG_PATH=$dir/asound.conf PULSE_SERVER=unix:$dir/socket VOICECOACH_CARD=1
export VOICECOACH_CARD_DIR=$dir
ENV
    daemon pulseaudio -n -F "$dir/default.pa" --exit-idle-time=-1 --use-pid-file=no \
        --disallow-exit --disable-shm --daemonize=no >"$dir/log" 2>&1 &
    echo $! >"$dir/pid"
    tries=0
    until PULSE_SERVER=unix:$dir/socket pactl info >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ $tries -gt 50 ]; then echo "the virtual card does not start:" >&2; cat "$dir/log" >&2; exit 1; fi
        sleep 0.1
    done
}

stop() {
    if [ -f "$dir/pid" ]; then
        kill "$(cat "$dir/pid")" 2>/dev/null || true
        rm -f "$dir/pid" "$dir/socket"
    fi
}

case $action in
start) start ;;
stop) stop ;;
run)
    trap 'stop; rm -rf "$dir"' EXIT
    trap 'exit 130' INT TERM
    start
    . "$dir/env"
    "$@"
    ;;
*) echo "start, stop or run" >&2; exit 2 ;;
esac
