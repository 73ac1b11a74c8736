import { type BehaviourRecord, behaviourSchemaVersion, type Facts } from '../behaviour.ts';

const refused: Facts = {
  attempts: 1,
  class: 'ClientError',
  code: 'as on the wire',
  data: 'as on the wire',
  isError: true,
  message: '<code>: <message>',
  outcome: 'threw',
  requestId: 'as on the wire',
  status: 'as on the wire',
};
const returned: Facts = {
  attempts: 1,
  body: 'as on the wire',
  outcome: 'returned',
  status: 'as on the wire',
};

/** A behaviour record with something in every section, and every kind of outcome. */
export const sampleBehaviour: BehaviourRecord = {
  schemaVersion: behaviourSchemaVersion,
  kind: 'sdk-behaviour',
  client: { name: 'sdk:sample', version: '1.2.3' },
  settings: { seed: 1, timeoutMs: 1000 },
  wire: { method: 'GET', signature: 'version 1.0' },
  sections: {
    answers: {
      CreateRouterInterface: { ...returned, parameters: 'as given' },
      DescribeRouterInterfaces: {
        ...returned,
        body: ['TotalCount: number 1 -> string "1"', 'Tags: dropped'],
        parameters: ['PageSize: not sent'],
      },
    },
    errors: {
      'ConnectRouterInterface IncorrectRIStatus': { ...refused, httpStatus: 400 },
      'DeleteRouterInterface IncorrectStatus': { ...refused, httpStatus: 400, leaks: ['Signature'] },
    },
    shapes: {
      'null in a list': { ...refused, code: 'absent', status: 'absent', requestId: 'absent' },
      '500 with JSON but without Code': { ...refused, code: 'undefined' },
    },
    faults: {
      'reset-after-effect / create': {
        ...refused,
        code: 'absent',
        status: 'absent',
        requestId: 'absent',
        failure: 'broken',
        isError: false,
        class: 'Object',
        interfaces: 1,
        againOutcome: 'has its interface',
        againAttempts: 1,
        againInterfaces: 2,
      },
      'reset-after-effect / list': { attempts: 3, outcome: 'hung' },
      'html-200 / create': { ...returned, interfaces: 1 },
      'html-200 / list': { attempts: 1, outcome: 'died', how: 'exit code 1' },
    },
    storm: { 'seed 1': { creates: 20, requests: 33, repeats: 13, doubled: 1, gaveUp: 0, hung: 0 } },
  },
  notProvoked: [
    { operation: 'ActivateRouterInterface', code: 'Forbbiden', reason: 'another account is needed' },
    {
      operation: 'DeleteRouterInterface',
      code: 'Forbbiden.InvaildOwner',
      reason: 'another account is needed',
    },
  ],
};

/** Returns the sample with other facts in one of its cases. */
export function withFacts(
  section: keyof BehaviourRecord['sections'],
  id: string,
  facts: Facts,
  record: BehaviourRecord = sampleBehaviour,
): BehaviourRecord {
  const { sections } = record;
  const cases = { ...sections[section], [id]: { ...sections[section][id], ...facts } };
  return { ...record, sections: { ...sections, [section]: cases } };
}
