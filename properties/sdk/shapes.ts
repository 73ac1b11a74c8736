import { gzipSync } from 'node:zlib';
import type { Bench } from '../../adapters/faults/bench.ts';
import { faultRequestId, wireAnswer } from '../../adapters/faults/catalogue.ts';
import { always, type WireAnswer } from '../../adapters/faults/fault.ts';
import type { Facts } from '../../reports/behaviour.ts';
import { region } from './situations.ts';
import { perform } from './stage.ts';
import { viewFacts } from './view-facts.ts';

const created = { RequestId: faultRequestId, RouterInterfaceId: 'ri-1' };
const denied = {
  RequestId: faultRequestId,
  HostId: 'vpc.aliyuncs.com',
  Code: 'Forbidden.BillsOutstanding',
  Message: 'Bills.',
};
const json = 'application/json;charset=utf-8';
const xmlError = `<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>${faultRequestId}</RequestId><HostId>vpc.aliyuncs.com</HostId><Code>Forbidden.BillsOutstanding</Code><Message>Bills.</Message></Error>`;
const xmlCreated = `<?xml version='1.0' encoding='UTF-8'?><CreateRouterInterfaceResponse><RequestId>${faultRequestId}</RequestId><RouterInterfaceId>ri-1</RouterInterfaceId></CreateRouterInterfaceResponse>`;

function created200(more: string): WireAnswer {
  return wireAnswer(200, `${JSON.stringify(created).slice(0, -1)},${more}}`);
}

function listed(...items: readonly string[]): WireAnswer {
  const set = `{"RouterInterfaceType":[${items.join(',')}]}`;
  const page = '"PageNumber":1,"PageSize":10';
  return wireAnswer(
    200,
    `{"RequestId":"${faultRequestId}","TotalCount":${items.length},${page},"RouterInterfaceSet":${set}}`,
  );
}

interface Shape {
  readonly name: string;
  readonly operation: 'CreateRouterInterface' | 'DescribeRouterInterfaces';
  readonly answer: WireAnswer;
}

const create = 'CreateRouterInterface';
const list = 'DescribeRouterInterfaces';

/** Bodies on which clients are known to differ: what is valid JSON and yet unexpected, and what is no JSON. */
const shapes: readonly Shape[] = [
  { name: 'a number beyond 2^53', operation: create, answer: created200('"OrderId":12345678901234567890') },
  { name: 'a number as a string', operation: create, answer: created200('"OrderId":"12"') },
  { name: 'a negative number as a string', operation: create, answer: created200('"OrderId":"-1"') },
  { name: 'text for a number', operation: create, answer: created200('"OrderId":"abc"') },
  { name: 'null for a number', operation: create, answer: created200('"OrderId":null') },
  { name: 'a field that nobody knows', operation: create, answer: created200('"Novelty":{"A":1}') },
  {
    name: 'an object for a string',
    operation: create,
    answer: wireAnswer(200, '{"RouterInterfaceId":{"A":1}}'),
  },
  { name: 'a number for a string', operation: create, answer: wireAnswer(200, '{"RouterInterfaceId":123}') },
  {
    name: 'strings for booleans and numbers in a list',
    operation: list,
    answer: listed('{"CrossBorder":"true","Bandwidth":"12"}', '{"CrossBorder":1,"Bandwidth":2048}'),
  },
  { name: 'null in a list', operation: list, answer: listed('{"Status":"Idle"}', 'null') },
  {
    name: 'an object in place of a list',
    operation: list,
    answer: wireAnswer(200, '{"RouterInterfaceSet":{"RouterInterfaceType":{"Status":"Idle"}}}'),
  },
  {
    name: 'an empty string in place of an object',
    operation: list,
    answer: wireAnswer(200, '{"TotalCount":0,"RouterInterfaceSet":""}'),
  },
  {
    name: 'null in place of an object',
    operation: list,
    answer: wireAnswer(200, '{"RouterInterfaceSet":null}'),
  },
  { name: '200 with the body null', operation: create, answer: wireAnswer(200, 'null') },
  { name: '200 with a list for a body', operation: create, answer: wireAnswer(200, '[1]') },
  { name: '200 with an error body', operation: create, answer: wireAnswer(200, JSON.stringify(denied)) },
  { name: '400 with the body null', operation: create, answer: wireAnswer(400, 'null') },
  { name: '500 with JSON but without Code', operation: create, answer: wireAnswer(500, '{"Other":"x"}') },
  {
    name: '400 with keys in lower case',
    operation: create,
    answer: wireAnswer(400, '{"requestId":"R-4711","code":"Forbidden.BillsOutstanding","message":"Bills."}'),
  },
  {
    name: '403 with AccessDeniedDetail',
    operation: create,
    answer: wireAnswer(403, JSON.stringify({ ...denied, AccessDeniedDetail: { AuthAction: 'vpc:Create' } })),
  },
  {
    name: '400 with x-acs-retry-after',
    operation: create,
    answer: wireAnswer(400, JSON.stringify({ ...denied, Code: 'Throttling.User' }), json, [
      'x-acs-retry-after',
      '20',
    ]),
  },
  {
    name: 'success in XML',
    operation: create,
    answer: wireAnswer(200, xmlCreated, 'text/xml;charset=utf-8'),
  },
  { name: 'error in XML', operation: create, answer: wireAnswer(400, xmlError, 'text/xml;charset=utf-8') },
  {
    name: 'error in XML, with a blank in the content type',
    operation: create,
    answer: wireAnswer(400, xmlError, 'text/xml; charset=utf-8'),
  },
  {
    name: 'gzip that nobody asked for',
    operation: create,
    answer: wireAnswer(200, gzipSync(JSON.stringify(created)), json, ['Content-Encoding', 'gzip']),
  },
  {
    name: 'a byte order mark before the JSON',
    operation: create,
    answer: wireAnswer(200, `\ufeff${JSON.stringify(created)}`),
  },
];

/** Returns what the caller sees of bodies out of the ordinary. */
export async function measureShapes(bench: Bench): Promise<Record<string, Facts>> {
  const seen: Record<string, Facts> = {};
  for (const { name, operation, answer } of shapes) {
    const params = {
      RegionId: region,
      ...(operation === create ? { RouterId: 'vrt-1', RouterType: 'VRouter', Spec: 'Small.1' } : {}),
      ...(operation === create ? { Role: 'InitiatingSide', OppositeRegionId: region } : {}),
    };
    const plan = always({ name, kind: 'answer', forwarded: false, answer });
    const { view, attempts } = await perform(bench, operation, params, plan);
    seen[name] = { ...viewFacts(view, attempts), attempts: attempts.length };
  }
  return seen;
}
