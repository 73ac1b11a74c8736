import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Returns `text` percent-encoded as signature version 1.0 wants it: UTF-8, only A-Z a-z 0-9 - _ . ~
 * bare, upper-case hex. encodeURIComponent leaves five characters bare that must not be.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Returns the string to sign for the parameters of a request, wherever they came from: the union of
 * query and form body without Signature, empty values included, in byte order of the names.
 *
 * It is made of the decoded parameters, never of the bytes received: clients disagree on how to write
 * a blank, an asterisk or an apostrophe, and all of them are right.
 */
export function stringToSign(method: string, params: ReadonlyMap<string, string>): string {
  const signed = new Map([...params].filter(([name]) => name !== 'Signature'));
  return `${method}&%2F&${percentEncode(canonicalQuery(signed))}`;
}

/** Returns the parameters in byte order of their names, encoded and joined; empty for none. */
export function canonicalQuery(params: ReadonlyMap<string, string>): string {
  return [...params]
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

/** Returns the signature of `text`: HMAC-SHA1 under the secret with an ampersand behind it, in base64. */
export function signatureOf(secret: string, text: string): string {
  return createHmac('sha1', `${secret}&`).update(text).digest('base64');
}

/** Returns whether `given` is `expected`, in a time that does not tell how much of it matched. */
export function sameSignature(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
