import type { CallerError, CallerFailure } from '../client.ts';

/** Before a connection is up nothing can have been sent. */
const unreachable: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EMFILE',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'EPROTO',
]);
const broken = /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|HPE_)/;

/** Returns what Node and httpx, which all the Node SDKs send through, say of an exchange that failed. */
export function failureOf(thrown: unknown): CallerFailure | undefined {
  const { code, name } = Object(thrown) as { readonly code?: unknown; readonly name?: unknown };
  if (unreachable.has(code)) return 'unreachable';
  if (typeof code === 'string' && broken.test(code)) return 'broken';
  if (name === 'RequestTimeoutError') return 'timeout';
  return name === 'SyntaxError' ? 'unreadable' : undefined;
}

function classOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return typeof thrown;
  const { constructor } = thrown as { readonly constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'Object';
}

/** Returns `value` when it is text, or a number as text. */
export function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/**
 * Keeps keys and signatures out of records: some clients put the whole signed URL into their messages.
 * Every value of such a parameter becomes `***`.
 */
export function withoutSecrets(message: string): string {
  return message.replaceAll(/\b((?:Signature|AccessKeyId|SecurityToken|BearerToken)=)[^&\s]*/g, '$1***');
}

/** Returns what is the same for everything that Node SDKs throw; `isError` is false for a plain object. */
export function describeThrown(
  thrown: unknown,
): Pick<CallerError, 'class' | 'isError' | 'message' | 'failure'> {
  const { message } = Object(thrown) as { readonly message?: unknown };
  const failure = failureOf(thrown);
  return {
    class: classOf(thrown),
    isError: thrown instanceof Error,
    message: withoutSecrets(textOrNothing(message) ?? textOrNothing(thrown) ?? ''),
    ...(failure === undefined ? {} : { failure }),
  };
}
