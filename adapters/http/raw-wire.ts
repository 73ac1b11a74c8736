import type { Observation } from '../../model/vocabulary.ts';
import type { RawAnswer, RawCall, Wire, WireFormat } from '../wire.ts';
import { acs3Authorization, acs3Signature, bodyDigest } from './acs3-signature.ts';
import type { Exchange, WireRequest } from './exchange.ts';
import { percentEncode } from './percent-encode.ts';
import { acceptOf, apiVersion, userAgent, type WireForm } from './request-builder.ts';
import {
  canonicalQuery,
  nonceSource,
  rpcSignature,
  secondClock,
  type SigningIdentity,
} from './rpc-signature.ts';
import { parseXml } from './xml-body.ts';

type Fields = Readonly<Record<string, string>>;

/** Headers of ACS3 by the names that signature version 1.0 has for the same. */
const headerOf: Readonly<Record<string, string>> = {
  Action: 'x-acs-action',
  Version: 'x-acs-version',
  Timestamp: 'x-acs-date',
  SignatureNonce: 'x-acs-signature-nonce',
  SecurityToken: 'x-acs-security-token',
};

/** Returns `fields` with each of `changes` in its place; null takes one out. */
function changed(fields: Fields, changes: Readonly<Record<string, string | null>> = {}): Fields {
  return Object.fromEntries(
    Object.entries({ ...fields, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function encoded(params: Fields, reversed: boolean | undefined): string {
  const pairs = Object.entries(params).map(
    ([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`,
  );
  return (reversed === true ? pairs.toReversed() : pairs).join('&');
}

interface Sender {
  readonly base: URL;
  readonly identity: SigningIdentity;
  readonly nonce: () => string;
  readonly timestamp: () => string;
}

function v1Request({ base, identity, nonce, timestamp }: Sender, form: WireForm, call: RawCall): WireRequest {
  const common = {
    AccessKeyId: identity.accessKeyId,
    Action: call.operation,
    Format: form.format,
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: nonce(),
    SignatureVersion: '1.0',
    Timestamp: timestamp(),
    Version: apiVersion,
    ...(identity.securityToken === undefined ? {} : { SecurityToken: identity.securityToken }),
  };
  const signed = { ...changed(common, call.common), ...call.params };
  const signature = rpcSignature(form.method, signed, call.secret ?? identity.accessKeySecret);
  const sent = encoded(changed({ ...signed, Signature: signature }, call.afterwards), call.reversed);
  const headers = ['user-agent', userAgent];
  return form.method === 'GET' || call.inQuery === true
    ? { method: form.method, path: `${base.pathname}?${sent}`, headers }
    : {
        method: 'POST',
        path: base.pathname,
        headers: [...headers, 'content-type', 'application/x-www-form-urlencoded'],
        body: sent,
      };
}

function acs3Request(
  { base, identity, nonce, timestamp }: Sender,
  form: WireForm,
  call: RawCall,
): WireRequest {
  const { AccessKeyId, ...common } = changed(
    {
      AccessKeyId: identity.accessKeyId,
      Action: call.operation,
      SignatureNonce: nonce(),
      Timestamp: timestamp(),
      Version: apiVersion,
      ...(identity.securityToken === undefined
        ? {}
        : { SecurityToken: identity.securityToken, 'x-acs-accesskey-id': identity.accessKeyId }),
    },
    call.common,
  );
  const named = (fields: Fields): Fields =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [headerOf[name] ?? name, value]));
  const inBody = call.inQuery === false && form.method === 'POST';
  const signedParams = canonicalQuery(call.params);
  const body = inBody ? signedParams : '';
  const ofBody = {
    ...(inBody ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    'x-acs-content-sha256': bodyDigest(body),
  };
  const headers = { host: base.host, ...ofBody, ...named(common) };
  const signature = acs3Signature(
    { method: form.method, path: base.pathname, query: inBody ? '' : signedParams, headers, body },
    call.secret ?? identity.accessKeySecret,
  );
  // What is changed once it is signed: a part of the protocol, or a parameter.
  const isProtocol = (name: string): boolean =>
    name in headerOf || name === 'Signature' || name === 'AccessKeyId';
  const late = Object.entries(call.afterwards ?? {});
  const protocol = Object.fromEntries(late.filter(([name]) => isProtocol(name)));
  const params = changed(call.params, Object.fromEntries(late.filter(([name]) => !isProtocol(name))));
  const last = changed(
    { ...common, Signature: signature, ...(AccessKeyId === undefined ? {} : { AccessKeyId }) },
    protocol,
  );
  const { Signature, AccessKeyId: keyId, ...rest } = last;
  const authorization =
    Signature === undefined ? [] : ['authorization', acs3Authorization(keyId ?? '', headers, Signature)];
  const sent = encoded(params, call.reversed);
  return {
    method: form.method,
    path: sent === '' || inBody ? base.pathname : `${base.pathname}?${sent}`,
    ...(inBody ? { body: sent } : {}),
    headers: [
      'user-agent',
      userAgent,
      'accept',
      acceptOf(form.format),
      'host',
      base.host,
      ...Object.entries(ofBody).flat(),
      ...Object.entries(named(rest)).flat(),
      ...authorization,
    ],
  };
}

/** Headers by their names in lower case. */
export function headersOf(pairs: readonly (Buffer | string)[]): Fields {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    headers[String(pairs[at]).toLowerCase()] = String(pairs[at + 1]);
  }
  return headers;
}

/** Returns what the text of a body is, by its first character: no JSON begins like XML. */
function formatOf(body: Buffer): WireFormat | undefined {
  const [first] = body.toString('utf8', 0, 200).trimStart();
  if (first === '<') return 'XML';
  return first === '{' ? 'JSON' : undefined;
}

function rootOf(body: Buffer): string | undefined {
  try {
    return parseXml(body.toString('utf8')).root;
  } catch {
    return undefined; // the observation says what is wrong with it
  }
}

/**
 * Returns the wire of a target at `base`. `carry` sends a request as it is; `observe` says what an answer
 * in this format means.
 */
export function rawWire(
  base: URL,
  usual: WireForm,
  identity: SigningIdentity,
  carry: (request: WireRequest) => Promise<Exchange>,
  observe: (result: Exchange, format: WireFormat) => Observation,
): Wire {
  const sender: Sender = { base, identity, nonce: nonceSource(), timestamp: secondClock() };
  return {
    ...usual,
    async send(call): Promise<RawAnswer> {
      const form = {
        signature: call.signature ?? usual.signature,
        method: call.method ?? usual.method,
        format: call.format ?? usual.format,
      };
      const request =
        form.signature === 'v1' ? v1Request(sender, form, call) : acs3Request(sender, form, call);
      const result = await carry(request);
      if (result.kind !== 'response') return { observation: observe(result, form.format), headers: {} };
      const format = formatOf(result.body);
      const root = format === 'XML' ? rootOf(result.body) : undefined;
      return {
        observation: observe(result, format ?? form.format),
        headers: headersOf(result.headers),
        ...(format === undefined ? {} : { format }),
        ...(root === undefined ? {} : { root }),
      };
    },
  };
}
