import { type GatewayRefusal, missing, refuse } from './gateway-refusals.ts';

/** A key that is good only together with its security token, and only for a while. */
export interface TemporaryKey {
  readonly secret: string;
  readonly securityToken: string;
  /** When it expires, in milliseconds since 1970; never unless given. */
  readonly expiresAt?: number | undefined;
}

/** By access key id: the secret of a lasting key, or a temporary key. */
export type AccessKeys = Readonly<Record<string, string | TemporaryKey>>;

/**
 * Returns the secret of `keyId`, or why it may not be used (R95).
 *
 * The three refusals about security tokens go by their names in public code; no document seen gives their
 * order or their messages.
 */
export function secretOf(
  keys: AccessKeys,
  keyId: string | undefined,
  securityToken: string | undefined,
  now: number,
): string | GatewayRefusal {
  if (!keyId) return missing('AccessKeyId');
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (key === undefined) {
    return refuse('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 404);
  }
  const temporary = typeof key === 'string' ? undefined : key;
  if (temporary !== undefined && !securityToken) return missing('SecurityToken');
  if (securityToken && securityToken !== temporary?.securityToken) {
    return refuse('InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.');
  }
  if (temporary?.expiresAt !== undefined && temporary.expiresAt <= now) {
    return refuse('InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
  }
  return typeof key === 'string' ? key : key.secret;
}
