#!/bin/sh
# Visits every screen of a fresh demo in a real browser: run.sh SWITCHHOOK DIRECTORY-FOR-SCREENSHOTS.
set -eu
here=$(dirname "$0")
data=$(mktemp -d)
"$1" serve --demo --data "$data" --listen 127.0.0.1:0 >"$data/out" 2>"$data/err" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT INT TERM
tries=0
until grep -q '/sign-in' "$data/out"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 200 ] || ! kill -0 "$server" 2>/dev/null; then
        cat "$data/out" "$data/err" >&2
        exit 1
    fi
    sleep 0.1
done
link=$(sed -n 's/^Sign in[^:]*: //p' "$data/out")
mkdir -p "$2"
node "$here/screens.mjs" "${link%%/sign-in*}" "$link" "$2"
