import { type GatewayRefusal, refuse } from './gateway-refusals.ts';
import type { WireMutant } from './mutant-wire.ts';
import type { Claims, GatewayRequest } from './scheme.ts';

/** Returns the claims of a request as a gateway with a defect in a signature scheme reads them. */
export function misread(
  { body, params }: GatewayRequest,
  claims: Claims,
  acs3: boolean,
  is: (name: WireMutant) => boolean,
): Claims {
  const credulous =
    is('signature-not-verified') ||
    (acs3 && is('acs3-signature-not-verified')) ||
    (!acs3 && body.length > 0 && is('post-signature-not-verified'));
  if (credulous) return { ...claims, checkSignature: () => undefined };
  if (acs3 && is('acs3-not-accepted')) {
    return {
      ...claims,
      malformed: refuse('InvalidSignatureMethod', 'Specified signature method is not valid.'),
    };
  }
  if (!acs3 && is('signature-in-order-of-arrival') && !isSorted(params)) {
    return { ...claims, checkSignature: () => outOfOrder };
  }
  return claims;
}

const outOfOrder: GatewayRefusal = refuse(
  'SignatureDoesNotMatch',
  'Specified signature is not matched with our calculation. server string to sign is:(in order of arrival)',
);

function isSorted(params: ReadonlyMap<string, string>): boolean {
  const names = [...params.keys()].filter((name) => name !== 'Signature');
  return names.join('&') === names.toSorted().join('&');
}
