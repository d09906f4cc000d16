#!/bin/sh
# Measures the screens over many runs, in a demo of its own: scale.sh SWITCHHOOK FILL [RUNS], where FILL is the example `fill` of
# store-sqlite. Takes minutes; every wait is bounded.
set -eu
here=$(dirname "$0")
data=$(mktemp -d)
server=

stop() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}
trap 'stop; rm -rf "$data"' EXIT
trap 'exit 130' INT TERM

start() {
    : >"$data/out"
    "$1" serve --demo --data "$data/demo" --listen 127.0.0.1:0 >"$data/out" 2>"$data/err" &
    server=$!
    tries=0
    until grep -q '/sign-in?token=' "$data/out"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
            cat "$data/out" "$data/err" >&2
            exit 1
        fi
        sleep 0.1
    done
    link=$(sed -n 's/^Sign in[^:]*: //p' "$data/out")
}

start "$1"
node "$here/rehearse.mjs" --sign-in "$link"
stop
"$2" "$data/demo" "${3:-100000}"
du -sh "$data/demo"
start "$1"
node "$here/scale.mjs" --sign-in "$link"
