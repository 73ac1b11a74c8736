import { type GatewayRefusal, refuse } from './gateway-refusals.ts';
import type { WireMutant } from './mutant-wire.ts';
import type { Claims, GatewayRequest } from './scheme.ts';

/** Returns the claims of a request as a gateway with a defect in a signature scheme reads them. */
export function misread(
  request: GatewayRequest,
  claims: Claims,
  acs3: boolean,
  is: (name: WireMutant) => boolean,
): Claims {
  const { body, params } = request;
  const credulous =
    is('signature-not-verified') ||
    (acs3 && is('acs3-signature-not-verified')) ||
    (body.length > 0 && is(acs3 ? 'acs3-form-not-verified' : 'post-signature-not-verified'));
  if (credulous) return { ...claims, checkSignature: () => undefined };
  if (acs3 && is('acs3-empty-signature-accepted') && claims.malformed?.code === 'IncompleteSignature')
    return { ...claims, malformed: undefined, checkSignature: () => undefined };
  if (acs3 && is('acs3-not-accepted')) {
    return {
      ...claims,
      malformed: refuse('InvalidSignatureMethod', 'Specified signature method is not valid.'),
    };
  }
  if (!acs3 && is('signature-in-order-of-arrival') && !isSorted(params)) {
    return { ...claims, checkSignature: () => outOfOrder };
  }
  if (is('signature-of-bare-characters') && [...params.values()].some((value) => /[!'()*]/.test(value))) {
    return { ...claims, checkSignature: () => bareCharacters };
  }
  return claims;
}

/** Whether a gateway with a defect asks a request for no signature at all. */
export function isTrusted(
  { headers }: GatewayRequest,
  acs3: boolean,
  is: (name: WireMutant) => boolean,
): boolean {
  return acs3 && headers.authorization === undefined && is('acs3-unsigned-accepted');
}

const outOfOrder: GatewayRefusal = refuse(
  'SignatureDoesNotMatch',
  'Specified signature is not matched with our calculation. server string to sign is:(in order of arrival)',
);

const bareCharacters: GatewayRefusal = refuse(
  'SignatureDoesNotMatch',
  'Specified signature is not matched with our calculation. server string to sign is:(as encodeURIComponent has it)',
);

function isSorted(params: ReadonlyMap<string, string>): boolean {
  const names = [...params.keys()].filter((name) => name !== 'Signature');
  return names.join('&') === names.toSorted().join('&');
}
