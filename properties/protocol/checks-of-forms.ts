import type { RawCall } from '../../adapters/wire.ts';
import type { ProtocolCheck } from './check.ts';
import { acs3, list } from './request-parts.ts';

/** Requests that every client may send: they count on nothing but each other. */
export const accepted: readonly ProtocolCheck[] = [
  {
    id: 'v1-get',
    rules: ['P6'],
    what: 'GET with everything in the query, signed with version 1.0',
    calls: [list],
    expect: { kind: 'success' },
  },
  {
    id: 'acs3-post',
    rules: ['P6'],
    what: 'POST with parameters in the query, signed with ACS3',
    calls: [{ ...list, ...acs3 }],
    expect: { kind: 'success' },
  },
];

const byId = {
  ...list,
  params: { ...list.params, 'Filter.1.Key': 'RouterInterfaceId', 'Filter.1.Value.1': '{interface}' },
};

/** Two ways to ask that must come to the same. */
export const alike: readonly ProtocolCheck[] = (
  [
    ['v1-post-form', 'POST with a form body instead of GET', { method: 'POST' }],
    ['v1-post-query', 'POST with everything in the query and no body', { method: 'POST', inQuery: true }],
    ['v1-order', 'Parameters in the opposite order', { reversed: true }],
    ['v1-post-order', 'A form body in the opposite order', { method: 'POST', reversed: true }],
    ['v1-xml', 'XML instead of JSON', { format: 'XML' }],
    ['acs3-same', 'ACS3 instead of version 1.0', acs3],
    ['acs3-get', 'ACS3 with GET', { signature: 'acs3' }],
    ['acs3-order', 'ACS3 with parameters in the opposite order', { ...acs3, reversed: true }],
    ['acs3-xml', 'ACS3 with XML', { ...acs3, format: 'XML' }],
  ] as const
).flatMap(([id, what, change]): ProtocolCheck[] => {
  const needs = id.startsWith('acs3') ? 'acs3-post' : 'v1-get';
  const refused = { ...list, params: { RegionId: 'cn-nowhere' } };
  // ACS3 has no Format; that Accept takes its place is how clients have it, and in no document.
  const open = id === 'acs3-xml' ? { orOtherFormat: 'Accept is not read: JSON, whatever it says' } : {};
  return [
    {
      id,
      rules: ['P6'],
      what,
      needs,
      ...open,
      calls: [byId, { ...byId, ...change }],
      expect: { kind: 'same' },
    },
    {
      id: `${id}-refused`,
      rules: ['P6'],
      what: `${what}, in a request that is refused`,
      needs,
      ...open,
      calls: [refused, { ...refused, ...change }],
      expect: { kind: 'same' },
    },
  ];
});

/** ACS3 has room for a body, but the parameters of these operations are described as parts of the query. */
export const acs3Form: readonly ProtocolCheck[] = [
  {
    id: 'acs3-form',
    rules: ['P6'],
    what: 'ACS3 with a form body instead of a query',
    needs: 'acs3-post',
    calls: [byId, { ...byId, ...acs3, inQuery: false }],
    expect: { kind: 'same', orRefused: 'parameters are read from the query only' },
  },
];

const rename: RawCall = {
  ...list,
  operation: 'ModifyRouterInterfaceAttribute',
  params: { RegionId: '{region}', RouterInterfaceId: '{interface}', Name: '{name}' },
};
const look: RawCall = {
  ...list,
  operation: 'DescribeRouterInterfaceAttribute',
  params: { RegionId: '{region}', InstanceId: '{interface}' },
};

/**
 * What implementations of the two signatures get wrong: characters that encodeURIComponent leaves bare, a blank
 * and a plus, text that looks encoded or like another parameter, and what is not ASCII.
 */
const awkward: RawCall = {
  ...rename,
  params: {
    RegionId: '{region}',
    RouterInterfaceId: '{interface}',
    Description: "{name} *~!'()+%2B&a=b ü路",
  },
};

/** A change has been made, whichever way it was asked for. */
export const effects: readonly ProtocolCheck[] = (
  [
    ['v1-get-effect', 'A change asked for with GET', rename, {}],
    ['v1-post-effect', 'A change asked for with POST', rename, { method: 'POST' }],
    ['v1-xml-effect', 'A change asked for with the answer in XML', rename, { format: 'XML' }],
    ['acs3-effect', 'A change asked for with ACS3', rename, acs3],
    ['v1-get-characters', 'Any character in a parameter of a GET', awkward, {}],
    ['v1-post-characters', 'Any character in a form body', awkward, { method: 'POST' }],
    ['acs3-characters', 'Any character in a parameter, signed with ACS3', awkward, acs3],
  ] as const
).map(([id, what, request, change]) => ({
  id,
  rules: ['P6'],
  what,
  needs: id.startsWith('acs3') ? 'acs3-post' : 'v1-get',
  calls: [{ ...request, ...change }, look],
  expect: { kind: 'stored' },
}));
