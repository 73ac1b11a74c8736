import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedTarget } from '../adapters/embedded.ts';
import { startEmulator } from '../adapters/emulator/serve.ts';
import { fileWriter } from '../adapters/recording/line-writer.ts';
import { recordingTarget } from '../adapters/recording/recorder.ts';
import type { Target } from '../adapters/target.ts';
import { bodyOf } from '../properties/testing/targets.ts';
import { command } from './testing/command.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterAll(() => rm(folder, { recursive: true }));

const RegionId = 'cn-hangzhou';

/** Records a short session on an emulator: two interfaces that are connected and looked at. */
async function session(
  mutant?: string,
  more?: (target: Target, routers: readonly string[]) => Promise<void>,
): Promise<string> {
  const file = at(`${mutant ?? 'clean'}.jsonl`);
  const writer = fileWriter(file);
  const target = recordingTarget(
    embeddedTarget(mutant === undefined ? {} : { mutant }),
    writer,
    { tool: { name: 'ri-conformance', version: '1' }, command: 'run', options: {}, about: {} },
    [],
  );
  const call = async (operation: string, params = {}): Promise<Readonly<Record<string, unknown>>> =>
    bodyOf(await target.call(operation, { RegionId, ...params }));
  const made: string[] = [];
  const routers: string[] = [];
  for (const Role of ['InitiatingSide', 'AcceptingSide']) {
    const { VRouterId } = await call('CreateVpc', { CidrBlock: '192.168.0.0/16' });
    const { RouterInterfaceId } = await call('CreateRouterInterface', {
      Role,
      Spec: Role === 'AcceptingSide' ? 'Negative' : 'Mini.2',
      RouterType: 'VRouter',
      RouterId: VRouterId,
      OppositeRegionId: RegionId,
    });
    made.push(String(RouterInterfaceId));
    routers.push(String(VRouterId));
  }
  await call('ConnectRouterInterface', { RouterInterfaceId: made[1] }); // the acceptor may not
  await call('DescribeRouterInterfaceAttribute', { InstanceId: made[0] });
  await call('DeleteRouterInterface', { RouterInterfaceId: made[0] });
  await more?.(target, routers);
  writer.close({});
  return file;
}

describe('A recording as an HTTP archive', () => {
  test('can be read back, and judged as what it was', async () => {
    for (const [mutant, code] of [
      [undefined, 0],
      ['connect-role-code', 1],
    ] as const) {
      const [archive, trace] = [at('it.har'), at('trace.json')];
      const file = await session(mutant);
      expect(await command('recording', 'to-har', file, '--out', archive)).toMatchObject({
        code: 0,
        out: '',
      });
      const imported = await command('recording', 'from-har', archive, '--out', trace);
      expect(imported.code).toBe(0);
      expect(imported.err).toBe(
        `left out: ×2 CreateVpc, which is not judged\n5 steps on 2 routers. Judge them with: ri-conformance judge ${trace}\n`,
      );
      const judged = await command('judge', trace);
      expect(judged.code).toBe(code);
      expect(judged.out).toContain('5 steps');
    }
  });

  test.each([
    [1, undefined],
    [2, undefined],
    [3, undefined],
    [1, 'connect-role-code'],
  ])(
    'of a run with seed %d is judged as it was when it ran, without races and the gateway; mutant: %s',
    async (seed, mutant) => {
      const served = await startEmulator({ clock: 'manual', ...(mutant === undefined ? {} : { mutant }) });
      const [file, archive, trace] = [at('run.jsonl'), at('run.har'), at('run.json')];
      const budget = ['--commands', '200', '--race-commands', '20', '--suite', 'random,protocol,races'];
      const flags = ['--seed', String(seed), ...budget, '--quiet', '--record', file, '--out', at('out')];
      const ran = await command('run', '--target', served.url, ...flags);
      await served.close();
      expect(ran.code).toBe(mutant === undefined ? 0 : 1);
      await command('recording', 'to-har', file, '--out', archive);
      const { err } = await command('recording', 'from-har', archive, '--out', trace);
      expect(err).toMatch(/left out: ×\d+ of the protocol suite\n/);
      expect(err).toMatch(/left out: ×\d+ of clients that acted at once\n/);
      expect(Number(/^(\d+) steps/m.exec(err)?.[1])).toBeGreaterThan(200);
      const { code, out: said } = await command('judge', trace);
      expect(code, said).toBe(ran.code);
      // What ran side by side does not make it harder to tell what was meant.
      expect(said).not.toContain('not judged');
      if (mutant !== undefined)
        expect(said).toMatch(/DIVERGES +R33 .*\n +ConnectRouterInterface: refused with/);
    },
  );

  test('is judged with what its control hooks did, and wrongly without', async () => {
    const [archive, trace] = [at('hooks.har'), at('hooks.json')];
    const file = await session(undefined, async (target, routers) => {
      const create = (RouterId: string): Promise<unknown> =>
        target.call('CreateRouterInterface', {
          RegionId,
          Role: 'AcceptingSide',
          Spec: 'Negative',
          RouterType: 'VRouter',
          RouterId,
          OppositeRegionId: RegionId,
        });
      await target.control?.account({ overdue: true });
      expect(await create(routers[0] ?? '')).toMatchObject({ body: { Code: 'Forbidden.BillsOutstanding' } });
      await target.control?.account({ overdue: false });
    });
    await command('recording', 'to-har', file, '--out', archive);
    await command('recording', 'from-har', archive, '--out', trace);
    const judged = await command('judge', trace);
    expect(judged.code, judged.out).toBe(0);
    const archived = JSON.parse(await readFile(archive, 'utf8')) as {
      log: { entries: { request: { url: string } }[] };
    };
    archived.log.entries = archived.log.entries.filter((each) => !each.request.url.includes('_control'));
    await writeFile(archive, JSON.stringify(archived));
    await command('recording', 'from-har', archive, '--out', trace);
    expect((await command('judge', trace)).code).toBe(1);
  });

  test('of a target whose clock was moved tells the times of that clock', async () => {
    const request = (url: string, method: string, rest = {}): object => ({
      method,
      url: `http://x.test${url}`,
      ...rest,
    });
    const entry = (second: number, req: object, text: object): object => ({
      startedDateTime: `2024-01-01T00:00:0${second}Z`,
      time: 1,
      request: req,
      response: { status: 200, content: { text: JSON.stringify(text) } },
    });
    const look = request(`/?Action=DescribeRouterInterfaces&Version=2016-04-28&RegionId=${RegionId}`, 'GET');
    const pulled = { postData: { mimeType: 'application/json', text: '{"advanceMs":70000}' } };
    const entries = [
      entry(0, look, {}),
      entry(1, request('/_control/clock', 'POST', pulled), {}),
      entry(2, look, {}),
    ];
    await writeFile(at('moved.har'), JSON.stringify({ log: { entries } }));
    const { out } = await command('recording', 'from-har', at('moved.har'));
    const { steps } = JSON.parse(out) as { steps: { start: number }[] };
    expect(steps.map(({ start }) => start)).toEqual([0, 72_000]);
  });

  test.each([
    ['manual', 2],
    ['real', 3],
  ])(
    'leaves out a list that shows what ran beside it where parts are told in a row: %s clock',
    async (clock, steps) => {
      const entry = (part: string, start: number, more = ''): object => ({
        startedDateTime: '2024-01-01T00:00:00Z',
        request: {
          method: 'GET',
          url: `http://x.test/?Action=DescribeRouterInterfaces&Version=2016-04-28&RegionId=${RegionId}${more}`,
        },
        response: { status: 200, content: { text: '{}' } },
        _ri: { part, start, end: start },
      });
      const entries = [
        entry('set-up', 0),
        entry('sequence 0', 70_000, '&Filter.1.Key=RouterId&Filter.1.Value.1=vrt-1'),
        entry('sequence 1', 140_000, '&Filter.1.Key=Status&Filter.1.Value.1=Idle'),
      ];
      await writeFile(at('beside.har'), JSON.stringify({ log: { entries, _ri: { clock } } }));
      const { out, err } = await command('recording', 'from-har', at('beside.har'));
      expect((JSON.parse(out) as { steps: unknown[] }).steps).toHaveLength(steps);
      const said = 'left out: ×1 DescribeRouterInterfaces of whatever there is, also of what ran beside it\n';
      expect(err.includes(said)).toBe(clock === 'manual');
    },
  );

  test('is HAR 1.2, and holds nothing that signs a request', async () => {
    const { out } = await command('recording', 'to-har', await session());
    const { log } = JSON.parse(out) as {
      log: { version: string; entries: { request: { url: string }; response: { status: number } }[] };
    };
    expect(log.version).toBe('1.2');
    expect(log.entries).toHaveLength(7);
    const [first] = log.entries;
    expect(first?.request.url).toMatch(/^http:\/\/embedded\.invalid\/\?Action=CreateVpc&Version=2016-04-28&/);
    expect(out).not.toMatch(/signature|accesskey|nonce|authorization/i);
    for (const key of ['startedDateTime', 'time', 'cache', 'timings']) expect(first).toHaveProperty(key);
  });

  test('leaves out what was there before, by name', async () => {
    const url = (action: string, id: string): string =>
      `http://x.test/?Action=${action}&Version=2016-04-28&RegionId=${RegionId}&RouterInterfaceId=${id}`;
    const entries = [
      { id: 'ri-old', status: 200, body: {} },
      { id: 'ri-none', status: 404, body: { Code: 'InvalidRouterInterfaceId.NotFound' } },
    ].map(({ id, status, body }) => ({
      startedDateTime: '2024-01-01T00:00:00Z',
      time: 1,
      request: { method: 'GET', url: url('DeleteRouterInterface', id) },
      response: { status, content: { text: JSON.stringify(body) } },
    }));
    await writeFile(at('old.har'), JSON.stringify({ log: { entries } }));
    const { code, out, err } = await command('recording', 'from-har', at('old.har'));
    expect(code).toBe(0);
    expect(err).toContain('left out: ×1 DeleteRouterInterface of ri-old, which was there before');
    expect((JSON.parse(out) as { steps: unknown[] }).steps).toHaveLength(1);
  });

  test.each<[readonly string[], number, RegExp]>([
    [['from-har', 'empty.har'], 2, /holds no call of the router-interface API/],
    [['from-har', 'hook.har'], 3, /log\.entries\[0\]\.request\.postData: .*control hook/],
    [['from-har', 'wrong.har'], 3, /is not an HTTP archive/],
    [['from-har', 'absent.har'], 3, /cannot be read/],
    [['to-har', 'wrong.har'], 3, /line 1: this is not the header of a recording/],
    [['from-har', 'empty.har', '--edition', 'E1'], 3, /unknown edition "E1"/],
  ])('%j ends with %d', async ([verb = '', file = '', ...more], code, message) => {
    await writeFile(at('empty.har'), '{"log":{"entries":[]}}');
    await writeFile(at('wrong.har'), '{"a":1}\n');
    const request = { method: 'POST', url: 'http://x.test/_control/account', postData: { text: 'overdue' } };
    const entry = { startedDateTime: '2024-01-01', request, response: { status: 200 } };
    await writeFile(at('hook.har'), JSON.stringify({ log: { entries: [entry] } }));
    const ended = await command('recording', verb, at(file), ...more);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(message);
  });

  test('says so when it cannot be written', async () => {
    const nowhere = join(folder, 'no', 'file');
    const { code, err } = await command('recording', 'to-har', await session(), '--out', nowhere);
    expect(code).toBe(3);
    expect(err).toMatch(/cannot write .*no such file or directory/);
    await expect(readFile(nowhere)).rejects.toThrow();
  });
});
