# sh verify.sh SECRET WEBHOOK-ID WEBHOOK-TIMESTAMP WEBHOOK-SIGNATURE < body
case "$1" in
    whsec_*) key=$(printf %s "${1#whsec_}" | base64 -d | od -An -vtx1 | tr -d ' \n') ;;
    *) key=$(printf %s "$1" | od -An -vtx1 | tr -d ' \n') ;;
esac
wanted=$({ printf '%s.%s.' "$2" "$3"; cat; } | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
case " $4 " in
    *" v1,$wanted "*) echo valid ;;
    *) echo invalid && exit 1 ;;
esac
