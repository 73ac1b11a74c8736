import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { CallerView, Client, ClientSettings } from '../client.ts';
import { startEmulator } from '../emulator/serve.ts';
import { startTcpServer } from '../http/testing/local-server.ts';
import { openClient } from '../open-client.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

type Form = Pick<ClientSettings, 'signature' | 'method'>;
const forms: readonly (readonly [spec: string, form: Form])[] = [
  ['sdk:vpc20160428', { signature: 'acs3' }],
  ['sdk:vpc20160428', { signature: 'v1' }],
  ['sdk:pop-core', { method: 'GET' }],
  ['sdk:pop-core', { method: 'POST' }],
];
const RegionId = 'cn-hangzhou';

function open(spec: string, endpoint: string, form: Partial<ClientSettings> = {}): Promise<Client> {
  const key = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
  return openClient(spec, { endpoint, ...key, regionId: RegionId, timeoutMs: 2000, ...form });
}

async function onEmulator(spec: string, form: Form): Promise<Client> {
  const served = await startEmulator({ clock: 'manual' });
  cleanups.push(() => served.close());
  return open(spec, served.url, form);
}

/** A server that answers everything in one way, and the requests that came. */
async function answering(
  status: number,
  type: string,
  body: string,
): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  cleanups.push(() => new Promise((done) => server.close(done).closeAllConnections()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const bodyOf = (view: CallerView): Record<string, unknown> => {
  expect(view).toMatchObject({ kind: 'returned', status: 200 });
  return view.kind === 'returned' ? (view.body as Record<string, unknown>) : {};
};

describe.each(forms)('%s %j', (spec, form) => {
  test('makes, lists, and deletes an interface', async () => {
    const client = await onEmulator(spec, form);
    const vpc = bodyOf(await client.call('CreateVpc', { RegionId, VpcName: 'a 路*' }));
    const common = { RegionId, RouterType: 'VRouter', RouterId: String(vpc['VRouterId']) };
    const made = bodyOf(
      await client.call('CreateRouterInterface', {
        ...common,
        Role: 'AcceptingSide',
        Spec: 'Negative',
        OppositeRegionId: RegionId,
        'Tags.1.Key': 'k',
        'Tags.1.Value': 'a b+c',
      }),
    );
    const id = String(made['RouterInterfaceId']);
    const listed = bodyOf(
      await client.call('DescribeRouterInterfaces', {
        RegionId,
        PageSize: '1',
        'Filter.1.Key': 'RouterInterfaceId',
        'Filter.1.Value.1': 'ri-0',
        'Filter.1.Value.2': id,
      }),
    );
    expect(listed).toMatchObject({
      TotalCount: 1,
      PageSize: 1,
      RouterInterfaceSet: { RouterInterfaceType: [{ RouterInterfaceId: id, Role: 'AcceptingSide' }] },
    });
    bodyOf(await client.call('DeleteRouterInterface', { RegionId, RouterInterfaceId: id }));
  });

  test('sends what no typed request can say', async () => {
    const client = await onEmulator(spec, form);
    for (const params of [
      { RegionId, 'Filter.2.Key': 'Status', 'Filter.2.Value.1': 'Idle' },
      { RegionId, PageSize: 'ten' },
      { RegionId, Colour: 'red' },
      { RegionId, 'Filter.1': 'a', 'Filter.1.Key': 'b' },
    ]) {
      const view = await client.call('DescribeRouterInterfaces', params);
      expect(['returned', 'threw']).toContain(view.kind);
      if (view.kind === 'threw') expect(view.error.code).not.toBe('SignatureDoesNotMatch');
      if (view.kind === 'threw') expect(view.error.status).toBeGreaterThanOrEqual(400);
    }
  });

  test('throws what the server refuses, with everything it told', async () => {
    const client = await onEmulator(spec, form);
    const view = await client.call('DescribeRouterInterfaces', { RegionId: 'cn-nowhere' });
    expect(view).toMatchObject({
      kind: 'threw',
      error: { isError: true, code: 'InvalidRegionId.NotFound', status: 404 },
    });
    const error = view.kind === 'threw' ? view.error : undefined;
    expect(Object.keys(error?.data as object).toSorted()).toEqual([
      'Code',
      'HostId',
      'Message',
      'Recommend',
      'RequestId',
    ]);
    expect(JSON.stringify(view)).not.toMatch(/Signature=[^*]|testid/);
  });

  test('does not try again', async () => {
    const busy = '{"RequestId":"r","HostId":"h","Code":"ServiceUnavailable","Message":"m"}';
    const { url, requests } = await answering(503, 'application/json', busy);
    const client = await open(spec, url, form);
    const view = await client.call('DeleteRouterInterface', { RegionId, RouterInterfaceId: 'ri-1' });
    expect(view).toMatchObject({ kind: 'threw', error: { code: 'ServiceUnavailable', status: 503 } });
    expect(requests).toHaveLength(1);
  });

  test('loses the status of an answer that is no JSON', async () => {
    const { url } = await answering(500, 'text/html', '<html>');
    const view = await (await open(spec, url, form)).call('DescribeRouterInterfaces', { RegionId });
    expect(view).toMatchObject({ kind: 'threw', error: { failure: 'unreadable' } });
    expect(view).not.toHaveProperty('error.status');
  });

  test('nothing listens, the connection breaks, no answer in time', async () => {
    const describeOn = async (url: string): Promise<CallerView> =>
      (await open(spec, url, { ...form, timeoutMs: 200 })).call('DescribeRouterInterfaces', { RegionId });
    const gone = await startTcpServer(() => {});
    await gone.close();
    const cutting = await startTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const silent = await startTcpServer(() => {});
    cleanups.push(cutting.close, silent.close);
    const failures = await Promise.all([gone.url, cutting.url, silent.url].map(describeOn));
    expect(failures.map((view) => (view.kind === 'threw' ? view.error.failure : view.kind))).toEqual([
      'unreachable',
      'broken',
      'timeout',
    ]);
  });

  test('names the version that runs', async () => {
    const client = await open(spec, 'http://127.0.0.1:1', form);
    expect(client.version).toMatch(/^@alicloud\/\S+ \d+\.\d+\.\d+ \(.*Node\.js \d+\.\d+\.\d+\)$/);
  });
});

describe('openClient', () => {
  test.each([
    [
      'sdk:nope',
      {},
      'usage',
      /unknown client "sdk:nope"\. There are sdk:vpc20160428, sdk:pop-core and exec:<command>/,
    ],
    ['sdk:constructor', {}, 'usage', /unknown client/],
    ['http', {}, 'usage', /unknown client/],
    ['sdk:pop-core', { signature: 'acs3' }, 'usage', /no ACS3/],
    ['sdk:vpc20160428', { method: 'GET' }, 'usage', /no GET/],
    ['sdk:vpc20160428=not-there', {}, 'setup', /not-there is not installed/],
  ] as const)('%s %j is refused', async (spec, form, fault, message) => {
    const error: unknown = await open(spec, 'http://127.0.0.1:1', form).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ClientSetupError', fault });
    expect(String(error)).toMatch(message);
  });

  test('takes another copy by its folder, and says so', async () => {
    const client = await open('sdk:pop-core=./node_modules/@alicloud/pop-core', 'http://127.0.0.1:1');
    expect(client.name).toBe('sdk:pop-core=./node_modules/@alicloud/pop-core');
  });
});
