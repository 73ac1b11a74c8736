/**
 * The bash functions of a curl script. They need bash 3.2, curl and openssl, nothing else.
 *
 * A target that verifies signatures refuses an unsigned request before it looks at it, so the script
 * signs: https://help.aliyun.com/zh/sdk/product-overview/rpc-mechanism, signature version 1.0.
 */
export const curlFunctions = String.raw`# Percent-encodes byte by byte; in the C locale a character is a byte.
encode() {
  local LC_ALL=C text=$1 out= char i
  for ((i = 0; i < ${'${#text}'}; i++)); do
    char=${'${text:i:1}'}
    case $char in
      [a-zA-Z0-9._~-]) out+=$char ;;
      *) printf -v char '%%%02X' $(($(printf %d "'$char") & 255)); out+=$char ;;
    esac
  done
  printf %s "$out"
}

# Name=value pairs as the text that is both signed and sent: encoded, sorted by name.
canonical() {
  local pair
  for pair in "$@"; do
    printf '%s=%s\n' "$(encode "${'${pair%%=*}'}")" "$(encode "${'${pair#*=}'}")"
  done | LC_ALL=C sort -t= -k1,1 | paste -sd '&' -
}

# The signature of a canonical text that is sent with GET.
signature() {
  printf %s "GET&%2F&$(encode "$1")" | openssl dgst -sha1 -hmac "$ALIBABA_CLOUD_ACCESS_KEY_SECRET&" -binary | openssl base64
}

# Calls an operation with name=value pairs; prints the answer and keeps it in $answer.
ri() {
  local action=$1 query
  shift
  query=$(canonical "AccessKeyId=$ALIBABA_CLOUD_ACCESS_KEY_ID" "Action=$action" Format=JSON \
    SignatureMethod=HMAC-SHA1 "SignatureNonce=$(openssl rand -hex 16)" SignatureVersion=1.0 \
    "Timestamp=$(date -u +%Y-%m-%dT%H:%M:%SZ)" Version=2016-04-28 "$@")
  if [[ -n ${'${gate:-}'} ]]; then until [[ -e $gate ]]; do sleep 0.01; done; fi
  answer=$(curl -sS -w ' HTTP %{http_code}' "$TARGET/?$query&Signature=$(encode "$(signature "$query")")" | LC_ALL=C tr -d '\000-\037\177')
  printf '%s\n  %s\n' "$action $*" "$answer"
}

# A string of the last answer by its name, or else what is given.
field() {
  local value
  value=$(printf %s "$answer" | sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p')
  printf %s "${'${value:-$2}'}"
}

# Pulls a control hook of the target.
control() {
  curl -sS -X POST -H 'content-type: application/json' -w ' HTTP %{http_code}\n' -d "$2" "$CONTROL/$1"
}

# Lets everything come to rest: by the clock hook of the target, or by waiting.
settle() {
  [[ $(control clock '{"advanceMs":61001}' 2>/dev/null) == *'HTTP 200' ]] || sleep "${'${SETTLE_SECONDS:-5}'}"
}
`;
