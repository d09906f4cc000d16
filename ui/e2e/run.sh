#!/bin/sh
# Uses a fresh demo in a real browser, then looks at every screen: run.sh SWITCHHOOK DIRECTORY-FOR-SCREENSHOTS [--brief].
# Ends by itself: every wait here is bounded, and so is each script.
set -eu
here=$(dirname "$0")
data=$(mktemp -d)
: >"$data/out"
"$1" serve --demo --data "$data/demo" --listen 127.0.0.1:0 --allow-network 127.0.0.2/32 >"$data/out" 2>"$data/err" &
server=$!

stop() {
    kill "$server" 2>/dev/null || true
    tries=0
    while kill -0 "$server" 2>/dev/null && [ "$tries" -lt 50 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    kill -9 "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    rm -rf "$data"
}
trap stop EXIT
trap 'exit 130' INT TERM

tries=0
until grep -q '/sign-in?token=' "$data/out"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 200 ] || ! kill -0 "$server" 2>/dev/null; then
        cat "$data/out" "$data/err" >&2
        exit 1
    fi
    sleep 0.1
done
link=$(sed -n 's/^Sign in[^:]*: //p' "$data/out")
base=${link%%/sign-in*}
mkdir -p "$2"
node "$here/journey.mjs" --sign-in "$link" --session "$data/session" --out "$2"
for script in wizard editor forms canvas trying developers palette parts find; do
    node "$here/$script.mjs" --base "$base" --session "$data/session" --out "$2"
done
node "$here/screens.mjs" --base "$base" --session "$data/session" --out "$2" ${3:-}
node "$here/after-call.mjs" --base "$base" --session "$data/session" --out "$2"
