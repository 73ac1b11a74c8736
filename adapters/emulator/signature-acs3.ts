import { createHash, createHmac } from 'node:crypto';
import type { GatewayRequest } from './scheme.ts';
import { canonicalQuery } from './signature-v1.ts';

/** The one algorithm taken here; the schemes with SM3 or RSA keys are not offered. */
export const acs3Algorithm = 'ACS3-HMAC-SHA256';

/** Headers that must be signed where they are sent, or a request could be sent again as another one. */
export const alwaysSigned: readonly string[] = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-security-token',
  'x-acs-signature-nonce',
  'x-acs-version',
];

/** An Authorization header of ACS3, taken apart. */
export interface Authorization {
  readonly algorithm: string;
  readonly credential: string;
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/**
 * Returns the parts of `Algorithm Credential=…,SignedHeaders=a;b,Signature=…`, undefined for anything else.
 */
export function parseAuthorization(header: string): Authorization | undefined {
  const [, algorithm = '', rest = ''] = /^(\S+) +(.*)$/.exec(header) ?? [];
  const fields = new Map(
    rest.split(',').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );
  const credential = fields.get('Credential') ?? '';
  const signature = fields.get('Signature') ?? '';
  const signedHeaders = (fields.get('SignedHeaders') ?? '')
    .toLowerCase()
    .split(';')
    .filter(Boolean)
    .toSorted();
  if (credential === '' || signature === '' || signedHeaders.length === 0) return undefined;
  return { algorithm, credential, signedHeaders, signature };
}

/**
 * Returns the canonical request: from the headers that the client says it signed, `Host` as it was
 * received with its port, and the digest of the body that came rather than the one that was announced.
 */
export function canonicalRequest(
  { method, path, headers, query, body }: Omit<GatewayRequest, 'params'>,
  signedHeaders: readonly string[],
): string {
  const lines = signedHeaders.map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  return [method, path, canonicalQuery(query), lines.join(''), signedHeaders.join(';'), sha256(body)].join(
    '\n',
  );
}

/** Returns what is signed: the algorithm and the digest of the canonical request. */
export function stringToSignAcs3(canonical: string): string {
  return `${acs3Algorithm}\n${sha256(canonical)}`;
}

/** Returns the signature of `text`: HMAC-SHA256 under the secret as it is, in lower-case hex. */
export function signatureOfAcs3(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
