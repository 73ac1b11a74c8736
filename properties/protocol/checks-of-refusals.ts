import type { ProtocolCheck, Variant } from './check.ts';
import { acs3, list, unknownFormat } from './request-parts.ts';

const current = (code: string, ...status: number[]): Variant => ({ name: 'current gateway', code, status });
const older = (code: string, ...status: number[]): Variant => ({ name: 'older gateway', code, status });
const oldFamily = (code: string, ...status: number[]): Variant => ({ name: 'old public list', code, status });
const missing = (name: string): Variant[] => [
  current(`Missing${name}`, 400),
  oldFamily('MissingParameter', 400),
];

/** The same check under version 1.0 and, where the target takes that, under ACS3. */
function bothSchemes(check: ProtocolCheck): ProtocolCheck[] {
  return [
    { needs: 'v1-get', ...check },
    {
      needs: 'acs3-post',
      ...check,
      id: `${check.id}-acs3`,
      what: `${check.what}, signed with ACS3`,
      calls: check.calls.map((call) => ({ ...call, ...acs3 })),
    },
  ];
}

const mismatch = {
  kind: 'refusal',
  variants: [current('SignatureDoesNotMatch', 400), oldFamily('SignatureDoesNotMatch', 403)],
} as const;

/** Requests that a gateway must not let through, or that lack what the operation needs. */
export const refused: readonly ProtocolCheck[] = [
  ...bothSchemes({
    id: 'unknown-action',
    rules: ['R93'],
    what: 'An action that does not exist',
    calls: [{ ...list, common: { Action: 'DescribeNothingAtAll' } }],
    expect: {
      kind: 'refusal',
      variants: [
        current('InvalidAction.NotFound', 404),
        older('InvalidApi.NotFound', 404),
        oldFamily('UnsupportedOperation', 400),
      ],
    },
  }),
  {
    id: 'no-action',
    rules: ['R93'],
    what: 'No action',
    needs: 'v1-get',
    calls: [{ ...list, common: { Action: null } }],
    expect: { kind: 'refusal', variants: missing('Action'), openCode: true },
  },
  ...bothSchemes({
    id: 'unknown-version',
    rules: ['R94'],
    what: 'A version that does not exist',
    calls: [{ ...list, common: { Version: '2000-01-01' } }],
    // The status that goes with InvalidVersion is not documented.
    expect: {
      kind: 'refusal',
      variants: [{ name: 'current gateway', code: 'InvalidVersion' }, oldFamily('NoSuchVersion', 400)],
    },
  }),
  {
    id: 'no-version',
    rules: ['R94'],
    what: 'No version',
    needs: 'v1-get',
    calls: [{ ...list, common: { Version: null } }],
    expect: { kind: 'refusal', variants: missing('Version'), openCode: true },
  },
  {
    id: 'no-key',
    rules: ['R95'],
    what: 'No access key',
    needs: 'v1-get',
    calls: [{ ...list, common: { AccessKeyId: null } }],
    expect: { kind: 'refusal', variants: missing('AccessKeyId') },
  },
  ...bothSchemes({
    id: 'unknown-key',
    rules: ['R95'],
    what: 'An access key that does not exist',
    calls: [{ ...list, common: { AccessKeyId: 'ri-conformance-nobody' } }],
    expect: {
      kind: 'refusal',
      variants: [
        current('InvalidAccessKeyId.NotFound', 404),
        { name: 'other pages', code: 'InvalidAccessKeyId.NotFound', status: [400] },
      ],
    },
  }),
  ...bothSchemes({
    id: 'wrong-secret',
    rules: ['R96'],
    what: 'A signature under another secret',
    calls: [{ ...list, secret: 'ri-conformance-wrong' }],
    expect: mismatch,
  }),
  ...bothSchemes({
    id: 'changed',
    rules: ['R96'],
    what: 'A parameter that was changed after signing',
    calls: [{ ...list, params: { ...list.params, PageSize: '10' }, afterwards: { PageSize: '11' } }],
    expect: mismatch,
  }),
  ...bothSchemes({
    id: 'added',
    rules: ['R96'],
    what: 'A parameter that was added after signing',
    calls: [{ ...list, afterwards: { PageSize: '11' } }],
    expect: mismatch,
  }),
  {
    id: 'changed-form',
    rules: ['R96'],
    what: 'A form body that was changed after signing',
    needs: 'v1-post-form',
    calls: [
      { ...list, method: 'POST', params: { ...list.params, PageSize: '10' }, afterwards: { PageSize: '11' } },
    ],
    expect: mismatch,
  },
  {
    id: 'changed-form-acs3',
    rules: ['R96'],
    what: 'A form body that was changed after signing, signed with ACS3',
    needs: 'acs3-post',
    calls: [
      {
        ...list,
        ...acs3,
        inQuery: false,
        params: { ...list.params, PageSize: '10' },
        afterwards: { PageSize: '11' },
      },
    ],
    // Whoever reads no form body under ACS3 may miss the parameters first.
    expect: { ...mismatch, openCode: true },
  },
  {
    id: 'malformed-authorization',
    rules: ['R96'],
    what: 'ACS3 with an empty signature',
    needs: 'acs3-post',
    calls: [{ ...list, ...acs3, afterwards: { Signature: '' } }],
    expect: {
      kind: 'refusal',
      variants: [
        current('IncompleteSignature', 400),
        { name: 'as a missing one', code: 'MissingSignature', status: [400] },
        { name: 'as a wrong one', code: 'SignatureDoesNotMatch', status: [400] },
      ],
    },
  },
  {
    id: 'no-signature',
    rules: ['R96'],
    what: 'No signature',
    needs: 'v1-get',
    calls: [{ ...list, afterwards: { Signature: null } }],
    expect: {
      kind: 'refusal',
      variants: [
        ...missing('Signature'),
        { name: 'as an incomplete one', code: 'IncompleteSignature', status: [400] },
      ],
    },
  },
  {
    id: 'unsigned-acs3',
    rules: ['R96'],
    what: 'ACS3 without an Authorization header',
    needs: 'acs3-post',
    calls: [{ ...list, ...acs3, afterwards: { Signature: null } }],
    expect: {
      kind: 'refusal',
      variants: [
        // The header holds key and signature, and the gateway misses the key first.
        ...missing('AccessKeyId'),
        ...missing('Signature').slice(0, 1),
        { name: 'as an incomplete one', code: 'IncompleteSignature', status: [400] },
      ],
    },
  },
  {
    id: 'signature-method',
    rules: ['R96'],
    what: 'A signature method that does not exist',
    needs: 'v1-get',
    calls: [{ ...list, common: { SignatureMethod: 'HMAC-NONE' } }],
    expect: {
      kind: 'refusal',
      variants: [
        current('InvalidSignatureMethod', 400),
        { name: 'as a wrong signature', code: 'SignatureDoesNotMatch', status: [400, 403] },
      ],
    },
  },
  ...bothSchemes({
    id: 'replayed',
    rules: ['R97'],
    what: 'A nonce that was used before',
    calls: [
      { ...list, common: { SignatureNonce: '{nonce}' } },
      { ...list, common: { SignatureNonce: '{nonce}' } },
    ],
    expect: { kind: 'refusal', variants: [current('SignatureNonceUsed', 400)] },
  }),
  ...bothSchemes({
    id: 'stale',
    rules: ['R98'],
    // 15 minutes by the error tables, 31 by one page on version 1.0.
    what: 'A timestamp 40 minutes old',
    calls: [{ ...list, common: { Timestamp: '{time-40}' } }],
    expect: { kind: 'refusal', variants: [current('InvalidTimeStamp.Expired', 400)] },
  }),
  ...bothSchemes({
    id: 'early',
    rules: ['R98'],
    what: 'A timestamp 40 minutes ahead',
    calls: [{ ...list, common: { Timestamp: '{time+40}' } }],
    expect: {
      kind: 'refusal',
      variants: [current('InvalidTimeStamp.Expired', 400)],
      orAccepted: 'times to come are accepted',
    },
  }),
  ...bothSchemes({
    id: 'malformed-time',
    rules: ['R98'],
    what: 'A timestamp that is none',
    calls: [{ ...list, common: { Timestamp: 'yesterday' } }],
    expect: { kind: 'refusal', variants: [current('InvalidTimeStamp.Format', 400)] },
  }),
  {
    id: 'no-time',
    rules: ['R98'],
    what: 'No timestamp',
    needs: 'v1-get',
    calls: [{ ...list, common: { Timestamp: null } }],
    expect: {
      kind: 'refusal',
      variants: [...missing('Timestamp'), oldFamily('IllegalTimestamp', 400)],
      openCode: true,
    },
  },
  {
    id: 'unknown-format',
    rules: ['R8'],
    what: 'A format that does not exist',
    needs: 'v1-get',
    calls: [{ ...list, common: { Format: 'YAML' } }],
    expect: {
      kind: 'refusal',
      variants: unknownFormat,
      orAccepted: 'it is passed over',
    },
  },
  {
    id: 'no-format',
    rules: ['R8'],
    what: 'No format',
    needs: 'v1-get',
    calls: [{ ...list, common: { Format: null } }],
    expect: { kind: 'either format' },
  },
  ...bothSchemes({
    id: 'no-region',
    rules: ['R1'],
    what: 'No RegionId',
    calls: [{ ...list, params: {} }],
    expect: {
      kind: 'refusal',
      variants: [
        ...missing('RegionId'),
        { name: 'as the operation says', code: 'InvalidParam.NotNull', status: [400] },
      ],
    },
  }),
  ...bothSchemes({
    id: 'no-interface',
    rules: ['R2'],
    what: 'No RouterInterfaceId',
    calls: [{ ...list, operation: 'ActivateRouterInterface' }],
    expect: {
      kind: 'refusal',
      variants: [
        ...missing('RouterInterfaceId'),
        { name: 'as the operation says', code: 'InvalidParam.NotNull', status: [400] },
        { name: 'as an older operation says', code: 'InvalidParam.NotFound', status: [400] },
      ],
    },
  }),
];
