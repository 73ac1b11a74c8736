import { errors } from 'undici';

const advice: Readonly<Record<string, readonly [what: string, todo: string]>> = {
  ECONNREFUSED: ['nothing listens there', 'start the target, or correct the host and port'],
  ENOTFOUND: ['the host name does not exist', 'correct the host name in the URL'],
  EAI_AGAIN: ['the host name could not be looked up', 'check the name server and the network'],
  EHOSTUNREACH: ['there is no route to the host', 'check the address and the network'],
  ENETUNREACH: ['there is no route to the network', 'check the address and the network'],
  ETIMEDOUT: ['no connection came about in time', 'check the address, the network and firewalls'],
  UND_ERR_CONNECT_TIMEOUT: [
    'no connection came about in time',
    'check the address, the network and firewalls',
  ],
  ECONNRESET: [
    'the connection was reset before anything was sent',
    'check that the port speaks the protocol of the URL (http or https), and the log of the target',
  ],
  EADDRNOTAVAIL: ['this machine has no local port left', 'use fewer connections, or wait a minute'],
  EMFILE: ['this process has too many open files', 'use fewer connections, or raise the limit (ulimit -n)'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'its certificate is self-signed',
    'trust it with NODE_EXTRA_CA_CERTS=<file.pem>, or use an http:// URL',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'its certificate comes from an authority that this machine does not know',
    "give the authority's certificate with NODE_EXTRA_CA_CERTS=<file.pem>",
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'its certificate chain is incomplete',
    'let the target send the intermediate certificates, or give them with NODE_EXTRA_CA_CERTS=<file.pem>',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'its certificate comes from an authority that this machine does not know',
    "give the authority's certificate with NODE_EXTRA_CA_CERTS=<file.pem>",
  ],
  CERT_HAS_EXPIRED: ['its certificate has expired', 'renew it, and check the clock of this machine'],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'check the clock of this machine'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another host name',
    'use the host name that the certificate names',
  ],
};

const tlsMismatch = [
  'it does not speak TLS as expected',
  'check whether the URL should begin with http:// instead of https://',
] as const;

function property(value: unknown, name: 'code' | 'errors' | 'cause'): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Returns the error code of `error`, of one of the attempts it sums up or of its cause, if there is one. */
export function errorCode(error: unknown): string | undefined {
  const code = property(error, 'code');
  if (typeof code === 'string') return code;
  const errors = property(error, 'errors');
  const inner: unknown = Array.isArray(errors) ? errors[0] : property(error, 'cause');
  return inner === undefined || inner === error ? undefined : errorCode(inner);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Returns one sentence: what kept a request from being sent, to where, and what can be done about it.
 * `where` is the URL as the user knows it. The error code stays visible in parentheses.
 */
export function explainUnreachable(cause: unknown, where: string): string {
  const code = errorCode(cause);
  const tls = code !== undefined && (code === 'EPROTO' || code.startsWith('ERR_SSL'));
  const known = code === undefined ? undefined : (advice[code] ?? (tls ? tlsMismatch : undefined));
  if (known === undefined) {
    const detail = code === undefined ? messageOf(cause) : `${messageOf(cause)} (${code})`;
    return `${where} cannot be reached: ${detail}`;
  }
  return `${where} cannot be reached: ${known[0]} (${code}); ${known[1]}`;
}

/**
 * Returns what broke a connection after the request was sent. `status` is that of the answer that had
 * begun, 0 when none had. Holds no ports and no times, so that equal failures read the same.
 */
export function explainBroken(cause: unknown, status: number): string {
  const when = status === 0 ? 'before an answer came' : `in the middle of the answer (HTTP ${status})`;
  if (status === 0 && cause instanceof errors.HTTPParserError) {
    return `what came back is not HTTP: ${cause.message}`;
  }
  // The client of HTTP ends a connection over an interim answer, with no more words than these.
  if (status === 0 && cause instanceof errors.SocketError && cause.message === 'bad response') {
    return 'the target sent "100 Continue", which is only for requests that ask for it with Expect: the connection was given up before an answer came';
  }
  const code = errorCode(cause);
  const detail = code === undefined ? messageOf(cause) : `${messageOf(cause)}, ${code}`;
  return `the connection broke ${when} (${detail})`;
}
