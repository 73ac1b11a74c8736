import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { WireFormat, WireMethod } from '../wire.ts';
import { percentEncode } from './percent-encode.ts';

export interface SigningIdentity {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a temporary key. */
  readonly securityToken?: string;
}

/**
 * Returns the parameters sorted by name and percent-encoded, joined with `=` and `&`: the text that is
 * signed and, as it is also a valid query string and form body, the text that is sent.
 *
 * Source: https://help.aliyun.com/zh/sdk/product-overview/rpc-mechanism, "canonicalized query string".
 */
export function canonicalQuery(params: Readonly<Record<string, string>>): string {
  return joinSorted(Object.keys(params), params, params);
}

/** `first` has precedence over `second`; a name may occur twice in `names`. */
function joinSorted(
  names: string[],
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): string {
  let query = '';
  let previous: string | undefined;
  for (const name of names.toSorted()) {
    if (name === previous) continue;
    if (previous !== undefined) query += '&';
    query += `${percentEncode(name)}=${percentEncode(first[name] ?? second[name] ?? '')}`;
    previous = name;
  }
  return query;
}

/**
 * Returns the string to sign: the method, the path `/` and the canonical query, the latter encoded
 * once more.
 */
export function stringToSign(method: WireMethod, canonical: string): string {
  // A canonical query holds none of the characters that encodeURIComponent leaves bare.
  return `${method}&%2F&${encodeURIComponent(canonical)}`;
}

function signingKey(accessKeySecret: string): KeyObject {
  return createSecretKey(Buffer.from(`${accessKeySecret}&`, 'utf8'));
}

function hmac(key: KeyObject, text: string): string {
  return createHmac('sha1', key).update(text).digest('base64');
}

/** Returns the base64 HMAC-SHA1 signature (version 1.0) over all `params`, which must not hold `Signature`. */
export function rpcSignature(
  method: WireMethod,
  params: Readonly<Record<string, string>>,
  accessKeySecret: string,
): string {
  return hmac(signingKey(accessKeySecret), stringToSign(method, canonicalQuery(params)));
}

/** Returns a function that gives the current time in UTC as `yyyy-MM-ddTHH:mm:ssZ`, formatted once a second. */
export function secondClock(): () => string {
  let second = Number.NaN;
  let text = '';
  return () => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) {
      second = now;
      text = `${new Date(now * 1000).toISOString().slice(0, 19)}Z`;
    }
    return text;
  };
}

/**
 * Returns a function that gives 128-bit nonces in hex: 96 random bits that belong to this source alone,
 * then a counter, so that no two are equal within a run and none collides with another client's.
 */
export function nonceSource(): () => string {
  const prefix = randomBytes(12).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    return prefix + count.toString(16).padStart(8, '0');
  };
}

const commonNames = [
  'AccessKeyId',
  'Action',
  'Format',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureVersion',
  'Timestamp',
  'Version',
];

/**
 * Returns a function that turns an operation and its flat parameters into a signed query string, fresh
 * nonce and timestamp included. The same text serves as the form body of a POST. A parameter that bears
 * the name of a common one (`Timestamp`, `Version`, ...) replaces it.
 */
export function rpcSigner(
  method: WireMethod,
  version: string,
  identity: SigningIdentity,
  format: WireFormat = 'JSON',
): (operation: string, params: Readonly<Record<string, string>>) => string {
  const key = signingKey(identity.accessKeySecret);
  const timestamp = secondClock();
  const nonce = nonceSource();
  const { accessKeyId, securityToken } = identity;
  const names = securityToken === undefined ? commonNames : [...commonNames, 'SecurityToken'];
  return (operation, params) => {
    const common = {
      AccessKeyId: accessKeyId,
      Action: operation,
      Format: format,
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: nonce(),
      SignatureVersion: '1.0',
      Timestamp: timestamp(),
      Version: version,
      ...(securityToken === undefined ? {} : { SecurityToken: securityToken }),
    };
    // Merging the two into one object would cost more than the signature itself.
    const canonical = joinSorted([...names, ...Object.keys(params)], params, common);
    return `${canonical}&Signature=${percentEncode(hmac(key, stringToSign(method, canonical)))}`;
  };
}
