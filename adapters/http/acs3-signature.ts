import { createHash, createHmac } from 'node:crypto';

export const acs3Algorithm = 'ACS3-HMAC-SHA256';

/** What ACS3 signs of a request. */
export interface Acs3Request {
  readonly method: string;
  /** Path of the request target, encoded. */
  readonly path: string;
  /** The canonical query: sorted, encoded; empty for none. */
  readonly query: string;
  /** Every header to sign, by its lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Returns the hex digest of a body, as `x-acs-content-sha256` wants it. */
export const bodyDigest = sha256;

/** Returns the names of the signed headers, sorted and joined with semicolons. */
export function signedHeaders(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers).toSorted().join(';');
}

/**
 * Returns the canonical request: method, path, query, headers, their names and the digest of the body.
 *
 * Source: https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature.
 */
export function canonicalRequest({ method, path, query, headers, body }: Acs3Request): string {
  const lines = Object.keys(headers)
    .toSorted()
    .map((name) => `${name}:${(headers[name] ?? '').trim()}\n`)
    .join('');
  return [method, path, query, lines, signedHeaders(headers), bodyDigest(body)].join('\n');
}

/** Returns the string to sign: the algorithm and the digest of the canonical request. */
export function acs3StringToSign(request: Acs3Request): string {
  return `${acs3Algorithm}\n${sha256(canonicalRequest(request))}`;
}

/** Returns the hex HMAC-SHA256 signature under the secret as it is. */
export function acs3Signature(request: Acs3Request, accessKeySecret: string): string {
  return createHmac('sha256', accessKeySecret).update(acs3StringToSign(request)).digest('hex');
}

/** Returns the value of the Authorization header. */
export function acs3Authorization(
  accessKeyId: string,
  headers: Readonly<Record<string, string>>,
  signature: string,
): string {
  return `${acs3Algorithm} Credential=${accessKeyId},SignedHeaders=${signedHeaders(headers)},Signature=${signature}`;
}
