import { type GatewayRefusal, missing, refuse } from './gateway-refusals.ts';
import type { Claims, GatewayRequest } from './scheme.ts';
import {
  acs3Algorithm,
  alwaysSigned,
  type Authorization,
  canonicalRequest,
  parseAuthorization,
  signatureOfAcs3,
  stringToSignAcs3,
} from './signature-acs3.ts';
import { sameSignature } from './signature-v1.ts';

/**
 * Returns whether a request comes in the style of ACS3. Clients that sign with version 1.0 send x-acs
 * headers too, so only its Authorization header says so, or that nothing names an action but the header.
 */
export function isAcs3({ headers, params }: GatewayRequest): boolean {
  return (
    headers.authorization?.startsWith('ACS3-') === true ||
    (headers['x-acs-action'] !== undefined && !params.has('Action') && !params.has('Signature'))
  );
}

/** Reads a request of ACS3-HMAC-SHA256, where action, version and credentials are headers. */
export function claimsOfAcs3(request: GatewayRequest): Claims {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const { authorization } = request.headers;
  const given = authorization === undefined ? undefined : parseAuthorization(authorization);
  return {
    action: header('x-acs-action'),
    version: header('x-acs-version'),
    keyId: given?.credential ?? /Credential=([^,\s]+)/.exec(authorization ?? '')?.[1],
    securityToken: header('x-acs-security-token'),
    timestamp: header('x-acs-date'),
    nonce: header('x-acs-signature-nonce'),
    malformed: malformed(request, given),
    checkSignature(secret) {
      if (given === undefined) return incomplete;
      const canonical = canonicalRequest(request, given.signedHeaders);
      const text = stringToSignAcs3(canonical);
      if (
        header('x-acs-content-sha256') === canonical.slice(-64) &&
        sameSignature(given.signature, signatureOfAcs3(secret, text))
      ) {
        return undefined;
      }
      return refuse(
        'SignatureDoesNotMatch',
        `Specified signature does not match our calculation. server StringToSign is [${text}] server CanonicalRequest is [${canonical}]`,
      );
    },
  };
}

const incomplete = refuse(
  'IncompleteSignature',
  'The request signature does not conform to Aliyun standards.',
);

function malformed(
  { headers }: GatewayRequest,
  given: Authorization | undefined,
): GatewayRefusal | undefined {
  if (headers.authorization === undefined) return missing('Signature');
  if (given === undefined) return incomplete;
  if (given.algorithm !== acs3Algorithm) {
    return refuse('InvalidSignatureMethod', 'Specified signature method is not valid.');
  }
  return alwaysSigned.every((name) => headers[name] === undefined || given.signedHeaders.includes(name))
    ? undefined
    : incomplete;
}
