import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import type { Arg, CallCommand, Command, Operation } from '../../model/vocabulary.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import { sceneOn } from '../testing/campaigns.ts';
import { Plan } from '../generate/plan.ts';
import { type Alone, alone } from './alone.ts';
import { Guide } from './guide.ts';
import { isSame } from './same.ts';
import { type Attempt, shrink, type Shrunk } from './shrink.ts';
import { situationOf } from './situation.ts';

const region = 'cn-hangzhou';
const call = (operation: Operation, args: Record<string, Arg>, as?: string): CallCommand => ({
  kind: 'call',
  operation,
  args: { RegionId: region, ...args },
  ...(as === undefined ? {} : { as }),
});
const on = (operation: Operation, name: string, args: Record<string, Arg> = {}): CallCommand =>
  call(operation, { RouterInterfaceId: { ref: name }, ...args });
const create = (
  name: string,
  router: number,
  isInitiator: boolean,
  more: Record<string, Arg> = {},
): CallCommand =>
  call(
    'CreateRouterInterface',
    {
      Role: isInitiator ? 'InitiatingSide' : 'AcceptingSide',
      Spec: isInitiator ? 'Large.2' : 'Negative',
      RouterType: 'VRouter',
      RouterId: { ref: `router#${router}` },
      OppositeRegionId: region,
      OppositeRouterType: 'VRouter',
      ...more,
    },
    name,
  );
const { look } = new Plan(2, { region, otherRegion: '' });
const settle: Command = { kind: 'settle' };
const tell = (from: string, to: string, router: number): CallCommand =>
  on('ModifyRouterInterfaceAttribute', from, {
    OppositeInterfaceId: { ref: to },
    OppositeRouterId: { ref: `router#${router}` },
    OppositeRouterType: 'VRouter',
  });
const connected: readonly Command[] = [
  create('ri#1', 1, true),
  create('ri#2', 2, false),
  tell('ri#1', 'ri#2', 2),
  tell('ri#2', 'ri#1', 1),
  on('ConnectRouterInterface', 'ri#1'),
  settle,
];
const sequence = (commands: readonly Command[]): Sequence => ({ commands, routers: 2, exclusive: false });

interface Case {
  readonly run: Alone;
  readonly first: Attempt;
  readonly finding: Finding;
  readonly step: number;
}

async function met(mutant: string, commands: readonly Command[]): Promise<Case> {
  const run = alone(await sceneOn(embeddedTarget({ mutant })), defaultTables());
  const first = await run.attempt(sequence(commands));
  const [shown] = first.findings;
  if (shown === undefined) throw new Error(`${mutant} does not show.`);
  return { run, first, ...shown };
}

/** Shrinks what a mutant shows and counts what it takes. */
async function shrunk(mutant: string, commands: readonly Command[]): Promise<Shrunk & { attempts: number }> {
  const { run, first, finding, step } = await met(mutant, commands);
  let attempts = 0;
  const short = await shrink(
    sequence(commands),
    step,
    finding,
    3000,
    (candidate) => (attempts++, run.attempt(candidate)),
    { tables: defaultTables(), ...(first.trace === undefined ? {} : { trace: first.trace }) },
  );
  return { ...short, attempts };
}

const operations = ({ sequence: { commands } }: Shrunk): string =>
  commands
    .map((each) => (each.kind === 'call' ? each.operation.replace('RouterInterface', '') : each.kind))
    .join(' ');

describe('With the model as its guide, shrinking', () => {
  test('runs only what leads into the same situation, and the result once more', async () => {
    const noise = [create('ri#3', 1, true), look, on('ActivateRouterInterface', 'ri#3'), look];
    const short = await shrunk('activate-any-status', [
      create('ri#1', 2, false),
      look,
      ...noise.slice(0, 2),
      ...noise,
    ]);
    expect(operations(short)).toBe('Create Activate');
    expect(short.attempts).toBe(2);
    expect(short.cost).toBe(4);
    expect(short.reproduction).toEqual({ diverged: 2, runs: 2 });
  });

  test('cuts a way around that leads back to where it was', async () => {
    const around = [
      on('DeactivateRouterInterface', 'ri#1'),
      settle,
      on('ActivateRouterInterface', 'ri#1'),
      settle,
    ];
    const gone = on('DeleteRouterInterface', 'ri#1');
    const short = await shrunk('delete-any-status', [...connected, ...around, look, ...around, gone]);
    expect(operations(short)).toBe('Create Create ModifyAttribute ModifyAttribute Connect Delete');
  });

  test('keeps what a defect remembers though the model does not', async () => {
    const around = [
      on('DeactivateRouterInterface', 'ri#1'),
      settle,
      on('ActivateRouterInterface', 'ri#1'),
      settle,
    ];
    const commands = [
      ...connected,
      look,
      ...around,
      look,
      on('DeactivateRouterInterface', 'ri#1'),
      settle,
      look,
    ];
    const short = await shrunk('second-deactivate-ends-idle', commands);
    expect(short.reproduced).toBe(true);
    expect(operations(short).match(/Deactivate/g)).toHaveLength(2);
    // By the model one way into this situation is shorter; only that it does not show the fault there.
    expect(short.minimal).toBeUndefined();
    expect(operations(short)).not.toContain('Describes ');
  });

  test('takes the way that the model knows where it is shorter than any part of the program', async () => {
    const short = await shrunk('activate-any-status', [
      create('ri#1', 1, true),
      on('ModifyRouterInterfaceSpec', 'ri#1', { Spec: 'Small.1' }),
      settle,
      on('ActivateRouterInterface', 'ri#1'),
    ]);
    expect(operations(short)).toBe('Create Activate');
    expect(short.minimal).toContain('initiator Idle.free');
  });

  test('says of one command that nothing is shorter', async () => {
    const short = await shrunk('delete-unknown', [
      create('ri#1', 1, true),
      call('DeleteRouterInterface', { RouterInterfaceId: 'ri-2zeunknown00000001' }),
    ]);
    expect(short.sequence.commands).toHaveLength(1);
    expect(short.minimal).toBe('no program is shorter than one command');
  });

  test('leaves out the arguments that the model can do without, and never what a call needs', async () => {
    const short = await shrunk('activate-any-status', [
      create('ri#1', 1, true, { Name: 'name', 'Tags.1.Key': 'k', 'Tags.1.Value': 'v', Description: 'ab' }),
      on('ActivateRouterInterface', 'ri#1'),
    ]);
    const [first] = short.sequence.commands;
    expect(first).toMatchObject({
      args: { RegionId: region, Role: 'InitiatingSide', Spec: 'Mini.2', RouterType: 'VRouter' },
    });
    expect(first?.kind === 'call' && Object.keys(first.args)).not.toContain('Name');
  });

  test('states how often it shows on a flaky target', async () => {
    const commands = [create('ri#1', 1, true), look, on('ActivateRouterInterface', 'ri#1')];
    const { run, first, finding, step } = await met('activate-any-status', commands);
    let runs = 0;
    const short = await shrink(
      sequence(commands),
      step,
      finding,
      3000,
      async (candidate) => {
        const attempt = await run.attempt(candidate);
        return ++runs % 3 === 1 ? attempt : { ...attempt, findings: [] };
      },
      { tables: defaultTables(), ...(first.trace === undefined ? {} : { trace: first.trace }) },
    );
    expect(operations(short)).toBe('Create Activate');
    expect(short.reproduction.runs).toBe(10);
    expect(short.reproduction.diverged).toBeGreaterThanOrEqual(3);
    expect(short.reproduction.diverged).toBeLessThanOrEqual(4);
  });
});

describe('A guide', () => {
  test('finds plausible what shows the same by the model, and only that', async () => {
    const commands = [
      create('ri#1', 1, true),
      create('ri#2', 2, false),
      look,
      on('ActivateRouterInterface', 'ri#1'),
    ];
    const { first, finding } = await met('activate-any-status', commands);
    const guide = new Guide(defaultTables(), first.trace ?? (undefined as never), finding);
    expect(guide.slice(0)).toEqual([0, 3]);
    expect(guide.slice(1)).toEqual([0, 2, 3]);
    expect(guide.without([1])).toBe(true);
    expect(guide.without([0])).toBe(false);
    expect(isSame(finding, finding)).toBe(true);
  });

  test('does not do without waiting where something was on its way', async () => {
    const { first, finding } = await met('deactivate-ends-idle', [
      ...connected,
      on('DeactivateRouterInterface', 'ri#1'),
      settle,
      look,
    ]);
    const guide = new Guide(defaultTables(), first.trace ?? (undefined as never), finding);
    expect(guide.without([5])).toBe(false);
    expect(guide.without([7])).toBe(false);
  });
});

describe('A situation', () => {
  test('is the state of the pair before the last change, with the fewest inputs that lead there', async () => {
    const { first } = await met('deactivate-ends-idle', [
      ...connected,
      on('DeactivateRouterInterface', 'ri#1'),
      settle,
      look,
    ]);
    const situation = situationOf(defaultTables(), first.trace ?? (undefined as never));
    expect(situation?.label).toContain('initiator Active');
    expect(situation?.before).toBe(6);
    expect(situation?.atLeast).toBeLessThanOrEqual(6);
  });

  test('is none with three interfaces', async () => {
    const { first } = await met('activate-any-status', [
      create('ri#1', 1, true),
      create('ri#2', 2, false),
      create('ri#3', 2, false),
      on('ActivateRouterInterface', 'ri#1'),
    ]);
    expect(situationOf(defaultTables(), first.trace ?? (undefined as never))).toBeUndefined();
  });
});
