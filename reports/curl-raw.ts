import type { WireLine } from './record.ts';

/**
 * The bash functions for requests whose protocol part is not as it should be. They use those of
 * curl-functions.ts, and need nothing that those do not.
 */
export const rawFunctions = String.raw`# The time so many minutes from now.
stamp() {
  date -u -d "$1 minutes" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -v"$1"M +%Y-%m-%dT%H:%M:%SZ
}

# Name=value pairs, encoded, one a line.
lines() {
  local pair
  for pair in "$@"; do printf '%s=%s\n' "$(encode "${'${pair%%=*}'}")" "$(encode "${'${pair#*=}'}")"; done
}

# Lines with each name=value in the place of what has that name; a bare name takes it out.
change() {
  local text=$1 pair
  shift
  for pair in "$@"; do
    text=$(printf '%s\n' "$text" | grep -v "^$(encode "${'${pair%%=*}'}")=")
    [[ $pair != *=* ]] || text+=$'\n'$(lines "$pair")
  done
  printf '%s\n' "$text" | grep .
}

# Lines as a query; "sort -r" for the opposite order.
joined() {
  LC_ALL=C "$@" -t= -k1,1 | paste -sd '&' -
}

hex() {
  cut -d' ' -f1
}

# Sends one request as it is said: scheme, method, format, operation, then name=value pairs. @name=value is
# a part of the protocol as it is signed, +name=value what is changed once it is signed; a bare @name or
# +name leaves it out.
raw() {
  local scheme=$1 method=$2 format=$3 Action=$4 secret=$ALIBABA_CLOUD_ACCESS_KEY_SECRET
  local AccessKeyId=$ALIBABA_CLOUD_ACCESS_KEY_ID SignatureNonce Timestamp Version=2016-04-28
  local word params=() early=() late=() body= order=sort fields query content sent sign host digest names canonical
  SignatureNonce=$(openssl rand -hex 16) Timestamp=$(stamp +0)
  printf '%s\n' "$*"
  shift 4
  for word in "$@"; do
    case $word in
      @*) early+=("${'${word#@}'}") ;;
      +*) late+=("${'${word#+}'}") ;;
      %secret=*) secret=${'${word#*=}'} ;;
      %query | %body) body=$word ;;
      %reversed) order='sort -r' ;;
      *) params+=("$word") ;;
    esac
  done
  local request=(curl -sS -X "$method" -w ' HTTP %{http_code}, %{content_type}')
  if [[ $scheme == acs3 ]]; then
    for word in "${'${early[@]}'}"; do printf -v "${'${word%%=*}'}" %s "${'${word#*=}'}"; done
    host=${'${TARGET#*://}'} host=${'${host%%/*}'}
    names='host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version'
    fields=$(lines "${'${params[@]}'}")
    query=$(printf '%s\n' "$fields" | joined sort) content=
    if [[ $body == %body ]]; then content=$query query=; fi
    digest=$(printf %s "$content" | openssl dgst -sha256 -r | hex)
    printf -v canonical '%s\n/\n%s\nhost:%s\nx-acs-action:%s\nx-acs-content-sha256:%s\nx-acs-date:%s\nx-acs-signature-nonce:%s\nx-acs-version:%s\n\n%s\n%s' \
      "$method" "$query" "$host" "$Action" "$digest" "$Timestamp" "$SignatureNonce" "$Version" "$names" "$digest"
    sign=$(printf 'ACS3-HMAC-SHA256\n%s' "$(printf %s "$canonical" | openssl dgst -sha256 -r | hex)" |
      openssl dgst -sha256 -hmac "$secret" -r | hex)
    sent=$(change "$fields" "${'${late[@]}'}" | joined $order)
    request+=(-H "x-acs-action: $Action" -H "x-acs-content-sha256: $digest" -H "x-acs-date: $Timestamp"
      -H "x-acs-signature-nonce: $SignatureNonce" -H "x-acs-version: $Version"
      -H "accept: application/$(printf %s "$format" | tr A-Z a-z)"
      -H "authorization: ACS3-HMAC-SHA256 Credential=$AccessKeyId,SignedHeaders=$names,Signature=$sign")
    if [[ $body == %body ]]; then request+=(-d "$sent" "$TARGET/"); else request+=("$TARGET/?$sent"); fi
  else
    fields=$(change "$(lines "AccessKeyId=$AccessKeyId" "Action=$Action" "Format=$format" SignatureMethod=HMAC-SHA1 \
      "SignatureNonce=$SignatureNonce" SignatureVersion=1.0 "Timestamp=$Timestamp" "Version=$Version" "${'${params[@]}'}")" "${'${early[@]}'}")
    query=$(printf '%s\n' "$fields" | joined sort)
    sign=$(printf %s "$method&%2F&$(encode "$query")" | openssl dgst -sha1 -hmac "$secret&" -binary | openssl base64)
    sent=$(change "$fields"$'\n'"$(lines "Signature=$sign")" "${'${late[@]}'}" | joined $order)
    if [[ $method == GET || $body == %query ]]; then request+=("$TARGET/?$sent"); else request+=(-d "$sent" "$TARGET/"); fi
  fi
  answer=$("${'${request[@]}'}" | LC_ALL=C tr -d '\000-\037\177')
  printf '  %s\n' "$answer"
}

nonce=$(openssl rand -hex 16)
name=ri-conformance-$(openssl rand -hex 4)
`;

/**
 * Returns the arguments of `raw` for a request. `word` quotes a word of bash, with variables in the place of
 * symbolic references.
 */
export function rawWords(operation: string, wire: WireLine, word: (text: string) => string): string[] {
  const { signature, method, format, params, common = {}, afterwards = {}, secret, inQuery, reversed } = wire;
  const pairs = (prefix: string, changes: Readonly<Record<string, string | null>>): string[] =>
    Object.entries(changes).map(([name, value]) =>
      placed(value === null ? `${prefix}${name}` : `${prefix}${name}=${value}`, word),
    );
  return [
    ...[signature, method, format, operation].map((each) => word(each)),
    ...pairs('', params),
    ...pairs('@', common),
    ...pairs('+', afterwards),
    ...(secret === undefined ? [] : [word(`%secret=${secret}`)]),
    ...(inQuery === undefined ? [] : [inQuery ? '%query' : '%body']),
    ...(reversed === true ? ['%reversed'] : []),
  ];
}

/** What is only known when the script runs is a variable of it, or a command. */
function placed(text: string, word: (text: string) => string): string {
  const [, before, what, minutes] = /^(.*)\{(nonce|name|time([+-]\d+))\}$/.exec(text) ?? [];
  if (before === undefined) return word(text);
  return minutes === undefined ? `${word(before)}"$${what}"` : `${word(before)}"$(stamp ${minutes})"`;
}
