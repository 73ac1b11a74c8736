import { type GatewayRefusal, invalid, missing, refuse } from './gateway-refusals.ts';
import type { Claims, GatewayRequest } from './scheme.ts';
import { sameSignature, signatureOf, stringToSign } from './signature-v1.ts';

/** Reads a request of signature version 1.0, where everything is a parameter of query or form body. */
export function claimsOfV1({ method, params }: GatewayRequest): Claims {
  return {
    action: params.get('Action'),
    version: params.get('Version'),
    keyId: params.get('AccessKeyId'),
    securityToken: params.get('SecurityToken'),
    timestamp: params.get('Timestamp'),
    nonce: params.get('SignatureNonce'),
    malformed: malformed(params),
    checkSignature(secret) {
      const text = stringToSign(method, params);
      if (sameSignature(params.get('Signature') ?? '', signatureOf(secret, text))) return undefined;
      // Some clients read the string behind the colon and compare it with their own.
      return refuse(
        'SignatureDoesNotMatch',
        `Specified signature is not matched with our calculation. server string to sign is:${text}`,
      );
    },
  };
}

function malformed(params: ReadonlyMap<string, string>): GatewayRefusal | undefined {
  if (!params.get('Signature')) return missing('Signature');
  const method = params.get('SignatureMethod');
  if (!method) return missing('SignatureMethod');
  if (method !== 'HMAC-SHA1') {
    return refuse('InvalidSignatureMethod', 'Specified signature method is not valid.');
  }
  const version = params.get('SignatureVersion');
  if (!version) return missing('SignatureVersion');
  return version === '1.0' ? undefined : invalid('SignatureVersion');
}
