import type { WireFormat, WireMethod, WireSignature } from '../wire.ts';
import { acs3Authorization, acs3Signature, bodyDigest } from './acs3-signature.ts';
import type { WireRequest } from './exchange.ts';
import {
  canonicalQuery,
  nonceSource,
  rpcSigner,
  secondClock,
  type SigningIdentity,
} from './rpc-signature.ts';

export const apiVersion = '2016-04-28';
export const userAgent = 'ri-conformance';

/** How requests go over the wire. */
export interface WireForm {
  readonly signature: WireSignature;
  readonly method: WireMethod;
  readonly format: WireFormat;
}

type Params = Readonly<Record<string, string>>;

/** Returns a function that turns an operation and its flat parameters into a request signed just now. */
export function requestBuilder(
  base: URL,
  form: WireForm,
  identity: SigningIdentity,
): (operation: string, params: Params) => WireRequest {
  return form.signature === 'v1' ? v1Builder(base, form, identity) : acs3Builder(base, form, identity);
}

function v1Builder(
  base: URL,
  { method, format }: WireForm,
  identity: SigningIdentity,
): (operation: string, params: Params) => WireRequest {
  const sign = rpcSigner(method, apiVersion, identity, format);
  const path = base.pathname;
  const headers = ['user-agent', userAgent];
  const formHeaders = [...headers, 'content-type', 'application/x-www-form-urlencoded'];
  return (operation, params) =>
    method === 'GET'
      ? { method, path: `${path}?${sign(operation, params)}`, headers }
      : { method, path, headers: formHeaders, body: sign(operation, params) };
}

/** A media type that asks for this format. */
export const acceptOf = (format: WireFormat): string => `application/${format.toLowerCase()}`;

function acs3Builder(
  base: URL,
  { method, format }: WireForm,
  { accessKeyId, accessKeySecret, securityToken }: SigningIdentity,
): (operation: string, params: Params) => WireRequest {
  const nonce = nonceSource();
  const timestamp = secondClock();
  const digest = bodyDigest('');
  return (operation, params) => {
    const query = canonicalQuery(params);
    const headers = {
      host: base.host,
      'x-acs-action': operation,
      'x-acs-content-sha256': digest,
      'x-acs-date': timestamp(),
      'x-acs-signature-nonce': nonce(),
      'x-acs-version': apiVersion,
      ...(securityToken === undefined
        ? {}
        : { 'x-acs-accesskey-id': accessKeyId, 'x-acs-security-token': securityToken }),
    };
    const signature = acs3Signature(
      { method, path: base.pathname, query, headers, body: '' },
      accessKeySecret,
    );
    return {
      method,
      path: query === '' ? base.pathname : `${base.pathname}?${query}`,
      headers: [
        'user-agent',
        userAgent,
        'accept',
        acceptOf(format),
        ...Object.entries(headers).flat(),
        'authorization',
        acs3Authorization(accessKeyId, headers, signature),
      ],
    };
  };
}
