import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedTarget } from '../embedded.ts';
import type { Part, Target, Timing } from '../target.ts';
import type { RawCall } from '../wire.ts';
import { fileWriter, type LineWriter } from './line-writer.ts';
import { playedTarget } from './played-target.ts';
import { readRecording } from './read-recording.ts';
import { recordingTarget } from './recorder.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterAll(() => rm(folder, { recursive: true }));

const details = {
  tool: { name: 'ri-conformance' as const, version: '1' },
  command: 'run',
  options: {},
  about: {},
};

/** Records what `act` does to a target, and returns the file. */
async function recorded(
  act: (target: Target) => Promise<void>,
  how: Parameters<LineWriter['close']>[0] = {},
  target = embeddedTarget(),
): Promise<string> {
  const file = join(folder, `${Math.random()}.jsonl`);
  const writer = fileWriter(file);
  await act(recordingTarget(target, writer, details, ['testsecret']));
  writer.close(how);
  return file;
}

const played = async (file: string, differs: readonly string[] = []): Promise<Target> =>
  playedTarget(await readRecording(file), differs);

function partOf(target: Target, name: string, optional?: boolean): Part {
  const part = target.tape?.part(name, optional);
  if (part === undefined) throw new Error(`There is no part ${name}.`);
  return part;
}

const region = { RegionId: 'cn-hangzhou' };
const list = (part: Part, extra = {}): Promise<unknown> =>
  part.target.call('DescribeRouterInterfaces', { ...region, ...extra });

describe('A target that answers from a recording', () => {
  test('answers each part in its own order, however the parts are mixed', async () => {
    let seen: unknown[] = [];
    const file = await recorded(async (target) => {
      const [a, b] = [partOf(target, 'a'), partOf(target, 'b')];
      a.begin(['vrt-1']);
      seen = [await list(a), await list(b), await list(a, { PageSize: '5' }), await list(b)];
    });
    const target = await played(file);
    expect(target.name).toBe(`recording(${file}) of emulator`);
    const [a, b] = [partOf(target, 'a'), partOf(target, 'b')];
    expect(a.routers).toEqual(['vrt-1']);
    const [b1, b2, a1, a2] = [await list(b), await list(b), await list(a), await list(a, { PageSize: '5' })];
    expect([a1, b1, a2, b2]).toEqual(seen);
    expect(target.tape?.run).toMatch(/^[0-9a-f]{12}$/);
  });

  test('names the first request that is missing, what differs and what to do', async () => {
    const file = await recorded(async (target) => void (await list(partOf(target, 'sequence 3'))));
    const target = await played(file, ['--seed is 7, recorded 1']);
    const part = partOf(target, 'sequence 3');
    const message =
      /does not hold what was asked\. sequence 3, number 1: asked for DescribeRouterInterfaces\(RegionId=cn-hangzhou, PageSize=9\), recorded is DescribeRouterInterfaces\(RegionId=cn-hangzhou\) \(PageSize is 9, recorded absent\)\. This run differs from the recorded one: --seed is 7, recorded 1\. .*--record/;
    await expect(list(part, { PageSize: '9' })).rejects.toThrow(message);
    await expect(part.target.call('DescribeVpcs', {})).rejects.toThrow(message); // still the first
    await expect(part.target.control?.reset() ?? Promise.resolve()).rejects.toThrow();
    await expect(list(partOf(target, 'sequence 4'))).rejects.toThrow(message);
    expect(target.tape?.part('attempt x', true)).toBeUndefined();
  });

  test('says so when there is nothing of a whole part', async () => {
    const target = await played(await recorded(() => Promise.resolve()));
    await expect(list(partOf(target, 'sequence 4'))).rejects.toThrow(
      /sequence 4, number 1: asked for DescribeRouterInterfaces\(.*\), of this part nothing was recorded/,
    );
  });

  test.each<[string, (part: Part) => Promise<unknown>, RegExp]>([
    ['another operation', (part) => part.target.call('DescribeVpcs', {}), /asked for DescribeVpcs\(\)/],
    ['a hook', (part) => part.target.control?.reset() ?? Promise.resolve(), /the control hook "reset" \{\}/],
    ['a wait', (part) => part.timing(noTime).settle(() => Promise.resolve(false)), /asked for a wait/],
    ['more', async (part) => (await list(part), await list(part)), /number 2: .* recorded is nothing more/],
  ])('does not answer %s in the place of what was recorded', async (_what, ask, message) => {
    const file = await recorded(async (target) => void (await list(partOf(target, 'a'))));
    await expect(ask(partOf(await played(file), 'a'))).rejects.toThrow(message);
  });

  test('is unreachable where the recorded run had been stopped', async () => {
    const file = await recorded(async (target) => void (await list(partOf(target, 'a'))), {
      ended: 'stopped',
    });
    const target = await played(file);
    const part = partOf(target, 'a');
    await list(part);
    expect(await list(part)).toEqual({ kind: 'unreachable', cause: 'the recording ends here (stopped)' });
    await part.timing(noTime).settle(() => Promise.resolve(true));
    expect(target.tape?.part('b')).toBeUndefined();
    expect(target.tape?.ended).toBe('stopped');
  });

  test('has nothing of parts for which there was no time', async () => {
    const file = await recorded(() => Promise.resolve(), { timeLimited: true });
    expect((await played(file)).tape?.part('sequence 1')).toBeUndefined();
  });
});

/** Time that must not be looked at. */
const noTime: Timing = {
  now: () => Number.NaN,
  settle: () => Promise.reject(new Error('It took time.')),
  pause: () => Promise.reject(new Error('It took time.')),
};

/** A clock that moves by a little more than one each time somebody looks. */
function ticking(): Timing {
  let now = 0;
  return {
    now: () => (now += 1.23456789),
    settle: async (pending) => {
      while (await pending()) now += 50;
    },
    pause: () => Promise.resolve(),
  };
}

describe('Raw requests in a recording', () => {
  const raw = (Timestamp: string): RawCall => ({
    operation: 'DescribeRouterInterfaces',
    params: region,
    signature: 'v1',
    common: { Timestamp, AccessKeyId: 'LTAI', SignatureNonce: Timestamp },
    afterwards: { Signature: null },
  });
  const wired: Target = {
    ...embeddedTarget(),
    wire: {
      signature: 'acs3',
      method: 'POST',
      format: 'XML',
      send: ({ operation }) =>
        Promise.resolve({
          observation: { kind: 'answer', status: 404, body: { Code: operation } },
          headers: { 'set-cookie': 'session=1', date: 'now' },
          format: 'XML',
          root: 'Error',
        }),
    },
  };
  const wireOf = (target: Target): NonNullable<Target['wire']> => {
    const { wire } = partOf(target, 'protocol').target;
    if (wire === undefined) throw new Error('There is no wire.');
    return wire;
  };

  test('are answered as they were, whatever the time is, and hold no secret', async () => {
    const file = await recorded(
      async (target) => void (await wireOf(target).send(raw('2026-01-01T00:00:00Z'))),
      {},
      wired,
    );
    expect(await readFile(file, 'utf8')).not.toMatch(/LTAI|session=1/);
    const wire = wireOf(await played(file));
    expect(wire).toMatchObject({ signature: 'acs3', method: 'POST', format: 'XML' });
    expect(await wire.send(raw('2027-02-03T10:11:12Z'))).toEqual({
      observation: { kind: 'answer', status: 404, body: { Code: 'DescribeRouterInterfaces' } },
      headers: { 'set-cookie': '[removed]', date: 'now' },
      format: 'XML',
      root: 'Error',
    });
  });

  test.each<[string, RawCall]>([
    ['another timestamp', raw('yesterday')],
    ['another scheme', { ...raw('2026-01-01T00:00:00Z'), signature: 'acs3' }],
    ['another order', { ...raw('2026-01-01T00:00:00Z'), reversed: true }],
  ])('are not answered with what came of %s', async (_what, call) => {
    const file = await recorded(
      async (target) => void (await wireOf(target).send(raw('2026-01-01T00:00:00Z'))),
      {},
      wired,
    );
    await expect(wireOf(await played(file)).send(call)).rejects.toThrow(
      /protocol, number 1: asked for the raw request \{.*recorded is the raw request \{/,
    );
  });
});

describe('Time in a recording', () => {
  /** Looks at the clock around everything, as the runner does. */
  async function run(part: Part, actual: Timing): Promise<number[]> {
    const clock = part.timing(actual);
    const times: number[] = [];
    const around = async (act: () => Promise<unknown>): Promise<void> => {
      times.push(clock.now());
      await act();
      times.push(clock.now());
    };
    let looks = 0;
    await around(() => list(part));
    await around(() =>
      clock.settle(async () => {
        await list(part, { PageNumber: '2' });
        return ++looks % 3 !== 0;
      }),
    );
    await around(() => part.target.control?.account({ overdue: true }) ?? Promise.resolve());
    await around(() => list(part));
    await clock.pause(1000);
    return times;
  }

  test('is the same when it is played back, and takes none', async () => {
    let times: number[] = [];
    const file = await recorded(async (target) => void (times = await run(partOf(target, 'a'), ticking())));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(8);
    expect(await run(partOf(await played(file), 'a'), noTime)).toEqual(times);
  });
});

describe('Control hooks in a recording', () => {
  test('are offered as they were, fail as they did, and the shared clock moves by itself', async () => {
    const wrong = { routerInterfaceId: 'ri-none', operationLocked: true };
    const file = await recorded(async (target) => {
      await target.control?.advance(100);
      await partOf(target, 'a')
        .target.control?.interface(wrong)
        .catch(() => undefined);
    });
    const target = await played(file);
    expect([...(target.control?.hooks ?? [])]).toEqual(['reset', 'account', 'interface', 'clock']);
    expect(target.control?.clock).toBe('manual');
    await target.control?.advance(5);
    await expect(partOf(target, 'a').target.control?.interface(wrong)).rejects.toThrow(/answered HTTP 404/);
  });

  test('are absent where there were none', async () => {
    const { control: _none, ...bare } = embeddedTarget();
    const target = await played(await recorded(() => Promise.resolve(), {}, bare));
    expect(target.control).toBeUndefined();
  });
});

test('A recording holds no secret that an answer repeats', async () => {
  const echo: Target = {
    name: 'http(http://testsecret@x)',
    call: (operation, params) =>
      Promise.resolve({
        kind: 'answer',
        status: 400,
        body: { Message: JSON.stringify([operation, params]) },
      }),
    close: () => Promise.resolve(),
  };
  const file = await recorded(
    async (target) =>
      void (await target.call('X', { AccessKeyId: 'LTAI', Signature: 'sig', Name: 'a testsecret b' })),
    {},
    echo,
  );
  const text = await readFile(file, 'utf8');
  expect(text).not.toMatch(/testsecret|LTAI"|"sig"/);
  expect(text).toContain('"Name":"a [removed] b"');
});
