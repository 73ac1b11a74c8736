import { type AccessKeys, secretOf } from './access-keys.ts';
import { answerFormat, type AnswerFormat } from './answer-format.ts';
import { isTrusted, misread } from './gateway-defects.ts';
import { type GatewayRefusal, invalid, missing, refuse } from './gateway-refusals.ts';
import { Nonces } from './nonces.ts';
import { claimsOfAcs3, isAcs3 } from './scheme-acs3.ts';
import type { WireMutant } from './mutant-wire.ts';
import { claimsOfV1 } from './scheme-v1.ts';
import type { Claims, GatewayRequest } from './scheme.ts';

/** What is left of an accepted request: the action and its own parameters. */
export interface Dispatch {
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Where a request goes, and the form in which its caller wants the answer, refusals included. */
export interface Admission {
  readonly outcome: Dispatch | GatewayRefusal;
  readonly format: AnswerFormat;
}

export interface GatewayOptions {
  readonly accessKeys: AccessKeys;
  readonly verifySignature: boolean;
  /** Refuse a nonce that the same key used before (R97). */
  readonly refuseUsedNonces: boolean;
  /** For a request of version 1.0 that asks for no format: the documents disagree (A29). */
  readonly defaultFormat: AnswerFormat;
  /** The wall clock that timestamps are held against, in milliseconds since 1970. */
  readonly now: () => number;
  /** Whether it is to have a defect; it has none unless given. */
  readonly is?: (name: WireMutant) => boolean;
}

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

/**
 * The part of the API that stands before every action: who signed, when, in which version (R93 to R98).
 *
 * The order of the checks is the observed one (key missing, key unknown, signature, then the rest);
 * what was never observed is in the order of the work.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #nonces = new Nonces(windowMs);
  readonly #is: (name: WireMutant) => boolean;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#is = options.is ?? (() => false);
  }

  /** Returns the action to perform, or why there is none, and how to say so. */
  admit(request: GatewayRequest): Admission {
    const acs3 = isAcs3(request);
    const format = answerFormat(request, acs3, this.#options.defaultFormat);
    const claims = acs3 ? claimsOfAcs3(request) : claimsOfV1(request);
    const verify = this.#options.verifySignature && !isTrusted(request, acs3, this.#is);
    const outcome = this.#judge(request, misread(request, claims, acs3, this.#is), format, verify);
    return { outcome, format: typeof format === 'string' && !this.#is('xml-not-offered') ? format : 'JSON' };
  }

  #judge(
    { method, params }: GatewayRequest,
    claims: Claims,
    format: AnswerFormat | GatewayRefusal,
    verify: boolean,
  ): Dispatch | GatewayRefusal {
    if (method !== 'GET' && method !== 'POST') {
      return refuse('UnsupportedHTTPMethod', 'This http method not supported.');
    }
    const refusal = verify ? this.#authenticate(claims) : undefined;
    if (refusal) return refusal;
    if (typeof format !== 'string') return format;
    // R93, R94
    const { action, version } = claims;
    if (!action) return missing('Action');
    if (!version) return missing('Version');
    if (version !== apiVersion && !this.#is('version-not-checked')) {
      return this.#is('version-as-unknown-action')
        ? refuse(
            'InvalidAction.NotFound',
            'Specified api is not found, please check your url and method.',
            404,
          )
        : invalid('Version');
    }
    const own = [...params].filter(([name]) => !common.has(name));
    const read = this.#is('plus-read-as-blank')
      ? own.map(([name, value]) => [name, value.replaceAll('+', ' ')] as const)
      : own;
    return { action, params: Object.fromEntries(read) };
  }

  #authenticate({
    keyId,
    securityToken,
    malformed,
    timestamp,
    nonce,
    checkSignature,
  }: Claims): GatewayRefusal | undefined {
    const { accessKeys, now, refuseUsedNonces } = this.#options;
    const known = this.#is('key-missing-as-unknown') ? keyId || 'nobody' : keyId;
    const secret = secretOf(accessKeys, known, securityToken, now());
    if (typeof secret !== 'string') {
      return this.#is('key-unknown-as-403') && secret.status === 404 ? { ...secret, status: 403 } : secret;
    }
    const refusal = malformed ?? this.#checkTimestamp(timestamp);
    if (refusal) return refusal;
    if (!nonce) return missing('SignatureNonce');
    const mismatch = checkSignature(secret);
    if (mismatch) return mismatch;
    // Only a request that is genuine uses its nonce up.
    const remembers = refuseUsedNonces && !this.#is('nonce-replay-accepted');
    if (remembers && !this.#nonces.use(keyId ?? '', nonce, now())) {
      return refuse('SignatureNonceUsed', 'Specified signature nonce was used already.');
    }
    return undefined;
  }
  /** R98: UTC to the second, and no more than 15 minutes off. */
  #checkTimestamp(text: string | undefined): GatewayRefusal | undefined {
    if (!text) return missing('Timestamp');
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(time)) {
      return this.#is('time-format-not-checked')
        ? undefined
        : refuse('InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
    }
    if (Math.abs(this.#options.now() - time) > windowMs && !this.#is('time-not-checked')) {
      return refuse('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
    }
    return undefined;
  }
}
