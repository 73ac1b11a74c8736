import type { IncomingHttpHeaders } from 'node:http';
import { Nonces } from './nonces.ts';
import { sameSignature, signatureOf, stringToSign } from './signature-v1.ts';

/** A request with its parameters taken apart, before anybody knows who sent it. */
export interface GatewayRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Query and form body together; where both name a parameter, the body counts. */
  readonly params: ReadonlyMap<string, string>;
}

/** Why the gateway sends a request back; the code and message of the API's own gateway. */
export interface GatewayRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What is left of an accepted request: the action and its own parameters. */
export interface Dispatch {
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface GatewayOptions {
  /** Secrets by access key id. */
  readonly accessKeys: Readonly<Record<string, string>>;
  readonly verifySignature: boolean;
  /** Refuse a nonce that the same key used before (R97). */
  readonly refuseUsedNonces: boolean;
  /** The wall clock that timestamps are held against, in milliseconds since 1970. */
  readonly now: () => number;
}

type Check = (request: GatewayRequest) => GatewayRefusal | undefined;

const apiVersion = '2016-04-28';
const windowMs = 15 * 60_000;

/** Parameters of the protocol, which no action sees. */
const common = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
  'SecurityToken',
  'BearerToken',
]);

function refuse(code: string, message: string, status = 400): GatewayRefusal {
  return { status, code, message };
}

function missing(name: string): GatewayRefusal {
  return refuse(`Missing${name}`, `${name} is mandatory for this action.`);
}

function invalid(name: string): GatewayRefusal {
  return refuse(`Invalid${name}`, `Specified parameter ${name} is not valid.`);
}

/**
 * The part of the API that stands before every action: who signed, when, in which version (R93 to R98).
 *
 * The order of the checks is the observed one (key missing, key unknown, signature, then the rest);
 * what was never observed is in the order of the work.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #nonces = new Nonces(windowMs);

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  /** Returns the action to perform, or why there is none. */
  admit(request: GatewayRequest): Dispatch | GatewayRefusal {
    if (request.method !== 'GET' && request.method !== 'POST') {
      return refuse('UnsupportedHTTPMethod', 'This http method not supported.');
    }
    const refusal =
      (this.#options.verifySignature ? this.#authenticate(request) : undefined) ?? protocol(request);
    if (refusal) return refusal;
    return {
      action: request.params.get('Action') ?? '',
      params: Object.fromEntries([...request.params].filter(([name]) => !common.has(name))),
    };
  }

  /**
   * Picks the signature scheme by the credentials that were sent. Clients that sign with version 1.0
   * send x-acs-action headers too, so only the Authorization header says ACS3.
   */
  #authenticate(request: GatewayRequest): GatewayRefusal | undefined {
    const schemes: readonly [(request: GatewayRequest) => boolean, Check][] = [
      [isAcs3, refuseAcs3],
      [() => true, (v1) => this.#authenticateV1(v1)],
    ];
    const [, check] = schemes.find(([applies]) => applies(request)) ?? [];
    return check?.(request);
  }

  #authenticateV1({ method, params }: GatewayRequest): GatewayRefusal | undefined {
    const { accessKeys, now, refuseUsedNonces } = this.#options;
    const keyId = params.get('AccessKeyId');
    if (!keyId) return missing('AccessKeyId');
    const secret = Object.hasOwn(accessKeys, keyId) ? accessKeys[keyId] : undefined;
    if (secret === undefined) {
      return refuse('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 404);
    }
    const given = params.get('Signature');
    if (!given) return missing('Signature');
    const method1 = params.get('SignatureMethod');
    if (!method1) return missing('SignatureMethod');
    if (method1 !== 'HMAC-SHA1') {
      return refuse('InvalidSignatureMethod', 'Specified signature method is not valid.');
    }
    const version = params.get('SignatureVersion');
    if (!version) return missing('SignatureVersion');
    if (version !== '1.0') return invalid('SignatureVersion');
    const late = checkTimestamp(params.get('Timestamp'), now());
    if (late) return late;
    const nonce = params.get('SignatureNonce');
    if (!nonce) return missing('SignatureNonce');
    const text = stringToSign(method, params);
    if (!sameSignature(given, signatureOf(secret, text))) {
      // Some clients read the string behind the colon and compare it with their own.
      return refuse(
        'SignatureDoesNotMatch',
        `Specified signature is not matched with our calculation. server string to sign is:${text}`,
      );
    }
    // Only a request that is genuine uses its nonce up.
    if (refuseUsedNonces && !this.#nonces.use(keyId, nonce, now())) {
      return refuse('SignatureNonceUsed', 'Specified signature nonce was used already.');
    }
    return undefined;
  }
}

function isAcs3({ headers }: GatewayRequest): boolean {
  return headers.authorization?.startsWith('ACS3-') === true;
}

function refuseAcs3(): GatewayRefusal {
  return refuse(
    'InvalidSignatureMethod',
    'Specified signature method is not valid. This server takes signature version 1.0 (HMAC-SHA1) only.',
  );
}

/** R98: UTC to the second, and no more than 15 minutes off. */
function checkTimestamp(text: string | undefined, now: number): GatewayRefusal | undefined {
  if (!text) return missing('Timestamp');
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    return refuse('InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
  }
  if (Math.abs(now - time) > windowMs) {
    return refuse('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
  }
  return undefined;
}

/** R93, R94 and the format of the answer: JSON, which is also the default here. XML is not offered. */
function protocol({ params }: GatewayRequest): GatewayRefusal | undefined {
  const format = params.get('Format');
  if (format && format.toUpperCase() !== 'JSON') {
    return refuse('InvalidParameter.Format', 'Specified parameter format is not valid.');
  }
  if (!params.get('Action')) return missing('Action');
  const version = params.get('Version');
  if (!version) return missing('Version');
  return version === apiVersion ? undefined : invalid('Version');
}
