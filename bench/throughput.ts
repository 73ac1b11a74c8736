import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';
import { embeddedTarget } from '../adapters/embedded.ts';
import { startEmulator } from '../adapters/emulator/serve.ts';
import { httpTarget } from '../adapters/http/http-target.ts';
import { rpcSigner } from '../adapters/http/rpc-signature.ts';
import type { Target } from '../adapters/target.ts';
import { runConformance } from '../properties/conformance.ts';
import { judging } from './judging.ts';
import { latency } from './latency.ts';
import { modelStep } from './model-step.ts';

/**
 * How fast the harness is, each figure beside a baseline of the same run: machines are noisy, ratios
 * less so. `npm run bench` prints them all, `npm run bench -- memory` one of them: `http`, `process`, `memory`,
 * `judging`, `step`, `races` or `latency`; nothing here is a test.
 *
 * With `--serve` this file is the server of the measurement, a process of its own as a target is.
 */

const credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const times = { settleMs: 60_000, staleMs: 1000, pollMs: [2, 250] as const };
const common = { edition: 'any' as const, regionId: 'cn-hangzhou', maxRouters: 8, times, shrinkBudget: 0 };

async function serve(): Promise<void> {
  const { url } = await startEmulator({ port: 0, clock: 'manual' });
  process.stdout.write(`${url}\n`);
}

async function withServer<T>(act: (url: string) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [...process.execArgv, import.meta.filename, '--serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    return await act(line.toString().trim());
  } finally {
    server.kill();
  }
}

/** Requests per second, and what each took of this process's CPU time (microseconds). */
interface Rate {
  readonly perSecond: number;
  readonly cpu: number;
}

/** Begins to watch the clocks; what is returned tells how fast so many requests were. */
function watch(): (requests: number) => Rate {
  const began = performance.now();
  const used = process.cpuUsage();
  return (requests) => {
    const { user, system } = process.cpuUsage(used);
    return { perSecond: requests / ((performance.now() - began) / 1000), cpu: (user + system) / requests };
  };
}

/** One request as it went to the target: a call of the API, or of a control hook. */
type Sent = (sign: ReturnType<typeof rpcSigner>) => { method: 'GET' | 'POST'; path: string; body?: string };

const listOf =
  (params: Readonly<Record<string, string>>): Sent =>
  (sign) => ({ method: 'GET', path: `/?${sign('DescribeRouterInterfaces', params)}` });

/** The cheapest request that there is to judge: a list on which nothing is. */
const emptyList = listOf({
  RegionId: 'cn-hangzhou',
  'Filter.1.Key': 'RouterId',
  'Filter.1.Value.1': 'vrt-1',
  PageSize: '50',
});

/** Bare requests, each signed, through a pool like the adapter's own; nothing judged, nothing parsed but JSON. */
async function bareRequests(url: string, concurrency: number, requests: readonly Sent[]): Promise<Rate> {
  const pool = new Pool(url, { connections: concurrency, pipelining: 1 });
  const sign = rpcSigner('GET', '2016-04-28', credentials);
  const headers = { 'content-type': 'application/json' };
  let next = 0;
  const rate = watch();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let each = requests[next++]; each !== undefined; each = requests[next++]) {
        const request = each(sign);
        const { body } = await pool.request(request.body === undefined ? request : { ...request, headers });
        await body.json();
      }
    }),
  );
  const reached = rate(requests.length);
  await pool.close();
  return reached;
}

/** A target that notes what goes through it: calls, and hooks where it has them. */
function noting(target: Target): { target: Target; sent: Sent[] } {
  const sent: Sent[] = [];
  const { control } = target;
  const hook = <A extends [] | [object]>(name: string, pull: (...args: A) => Promise<void>) => {
    return (...args: A): Promise<void> => {
      const body = JSON.stringify(args[0] ?? {});
      sent.push(() => ({ method: 'POST', path: `/_control/${name}`, body }));
      return pull(...args);
    };
  };
  const noted: Target = {
    name: target.name,
    call(operation, params) {
      sent.push((sign) => ({ method: 'GET', path: `/?${sign(operation, params)}` }));
      return target.call(operation, params);
    },
    close: () => target.close(),
  };
  if (control === undefined) return { target: noted, sent };
  const advance = hook('clock', ({ advanceMs }: { advanceMs: number }) => control.advance(advanceMs));
  return {
    target: {
      ...noted,
      control: {
        hooks: control.hooks,
        clock: control.clock,
        reset: hook('reset', () => control.reset()),
        account: hook('account', (set) => control.account(set)),
        interface: hook('interface', (set) => control.interface(set)),
        advance: (advanceMs) => advance({ advanceMs }),
      },
    },
    sent,
  };
}

const per = (value: number): string => Math.round(value).toLocaleString('en');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const rounds = 5;
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0;

/**
 * What judging costs: a run's rate of requests over that of the same requests, hooks included, sent bare to the
 * same server, emptied before. Their answers are about what they were (with several at a time the order differs), so
 * both ask the same of the server; that of the cheapest request, an empty list, is printed beside it.
 */
async function overHttp(): Promise<void> {
  await withServer(async (url) => {
    const concurrency = 4;
    const judge = async (seed: number, commands: number): Promise<[rate: Rate, of: string, Sent[]]> => {
      const { target, sent } = noting(await httpTarget({ url, ...credentials, connections: concurrency }));
      const rate = watch();
      const { record } = await runConformance({ ...common, target, seed, commands, concurrency });
      const reached = rate(sent.length);
      await target.control?.reset();
      await target.close();
      const perSecond = (reached.perSecond * record.counts.commands) / sent.length;
      return [reached, `${per(perSecond)} commands/s), ${record.verdict}`, sent];
    };
    const lists = Array.from({ length: 4000 }, () => emptyList);
    // All are compiled while they run: what that takes is no part of any.
    await bareRequests(url, concurrency, (await judge(rounds + 1, 5000))[2]);
    await bareRequests(url, concurrency, lists);
    const ratios: Record<'same' | 'sameCpu' | 'lists', number[]> = { same: [], sameCpu: [], lists: [] };
    for (let round = 1; round <= rounds; round++) {
      const list = await bareRequests(url, concurrency, lists);
      const [judged, of, sent] = await judge(round, 8000);
      const bare = await bareRequests(url, concurrency, sent);
      ratios.same.push(judged.perSecond / bare.perSecond);
      ratios.sameCpu.push(bare.cpu / judged.cpu);
      ratios.lists.push(judged.perSecond / list.perSecond);
      say(
        `  round ${round}: bare ${per(bare.perSecond)} requests/s at ${per(bare.cpu)} us of CPU (empty lists ${per(list.perSecond)} at ${per(list.cpu)}), judged ${per(judged.perSecond)} requests/s at ${per(judged.cpu)} us (${of}, ${(judged.perSecond / bare.perSecond).toFixed(2)}, by CPU time ${(bare.cpu / judged.cpu).toFixed(2)}`,
      );
    }
    say(
      `over loopback HTTP, ${concurrency} at a time: ${median(ratios.same).toFixed(2)} of the same requests sent bare (goal: at least 0.60), by the client's CPU time ${median(ratios.sameCpu).toFixed(2)}; of bare requests for an empty list ${median(ratios.lists).toFixed(2)}`,
    );
    const target = await httpTarget({ url, ...credentials });
    const { record } = await runConformance({ ...common, target, seed: 1, commands: 20_000, concurrency });
    await target.close();
    const { transitions, refusals } = record.coverage;
    say(
      `default run over HTTP: ${record.counts.seconds.toFixed(1)} s (goal: within 30), ${transitions.covered}/${transitions.total} transitions, ${refusals.covered}/${refusals.total} refusals`,
    );
  });
}

async function inProcess(): Promise<void> {
  // The first round is slower by half and more: the machine code is still being made, on other threads as well.
  for (let round = 1; round <= 5; round++) {
    const { target, sent } = noting(embeddedTarget());
    const rate = watch();
    const { record } = await runConformance({
      ...common,
      target,
      seed: round,
      commands: 60_000,
      concurrency: 1,
    });
    const { commands } = record.counts;
    const { cpu } = rate(commands);
    const all = (1e6 / cpu) * (sent.length / commands);
    say(
      `in process, ${round === 1 ? 'not compiled yet' : `round ${round}`}: ${per(1e6 / cpu)} commands per second of CPU, generation, clean-up and judging included (goal: 50,000); with the calls of settling and cleaning up ${per(all)}; ${record.verdict}`,
    );
  }
}

async function memory(): Promise<void> {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (collect === undefined) {
    say('memory: not measured; run with node --expose-gc');
    return;
  }
  const heap = (): number => (collect(), process.memoryUsage().heapUsed / 2 ** 20);
  const samples: number[] = [];
  for (let part = 0; part < 10; part++) {
    await runConformance({
      ...common,
      target: embeddedTarget(),
      seed: part + 1,
      commands: 100_000,
      concurrency: 1,
    });
    samples.push(heap());
  }
  say(
    `memory after each 100,000 of a million commands, MiB: ${samples.map((mib) => mib.toFixed(1)).join(' ')}; last / first: ${((samples.at(-1) ?? 0) / (samples[0] ?? 1)).toFixed(2)} (goal: flat)`,
  );
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  http: overHttp,
  process: inProcess,
  memory,
  judging: async () => say(await judging()),
  step: async () => modelStep().forEach(say),
  races: async () => void (await import('./races.ts')),
  latency: async () => (await latency()).forEach(say),
};
const asked = process.argv.slice(2).map((each) => each.replace(/^--/, ''));
if (asked.includes('serve')) await serve();
else
  for (const [name, part] of Object.entries(parts))
    if (asked.length === 0 || asked.includes(name)) await part();
