import type { RawCall } from '../wire.ts';

/** Parameters that say who calls, or with which a request could be sent again. */
const confidential: ReadonlySet<string> = new Set(
  [
    'AccessKeyId',
    'AccessKeySecret',
    'Signature',
    'SignatureNonce',
    'SecurityToken',
    'Authorization',
    'x-acs-security-token',
    'x-acs-signature-nonce',
    'x-acs-accesskey-id',
    'x-acs-credentials-provider',
    'Cookie',
    'Set-Cookie',
  ].map((name) => name.toLowerCase()),
);

/** Whether the value of this parameter or header must not be kept. */
export function isConfidential(name: string): boolean {
  return confidential.has(name.toLowerCase());
}

export const redacted = '[removed]';

/**
 * Gateways repeat what they were sent: in the string to sign of `SignatureDoesNotMatch` it is encoded once
 * or twice, in an echo of headers not at all.
 */
const repeated = new RegExp(
  `\\b(${[...confidential].join('|')}|credential)(\\s*(?:=|:|%3d|%253d)\\s*)(?:(?!%26|%2526)[^\\s&,;"'<>])+`,
  'gi',
);

/** Shorter ones would be found in half of all words. */
const shortestSecret = 6;

/** Returns a function that takes secrets out of texts: those given, as they are and percent-encoded. */
export function redactor(secrets: readonly string[]): <T>(value: T) => T {
  const forms = secrets
    .flatMap((secret) => (secret.length < shortestSecret ? [] : [secret, encodeURIComponent(secret)]))
    .toSorted((a, b) => b.length - a.length);
  const text = (given: string): string => {
    let clean = given.replaceAll(repeated, `$1$2${redacted}`);
    for (const form of forms) clean = clean.replaceAll(form, redacted);
    return clean;
  };
  const any = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(any);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        isConfidential(name) && typeof each === 'string' ? redacted : any(each),
      ]),
    );
  };
  return <T>(value: T): T => any(value) as T;
}

/** A raw request without secrets; which scheme it is signed with is none, though it goes by the name of one. */
export function redactedCall(call: RawCall, clean: ReturnType<typeof redactor>): RawCall {
  const { signature, ...rest } = call;
  return signature === undefined ? clean(rest) : { ...clean(rest), signature };
}
