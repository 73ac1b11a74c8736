import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { textOf } from '../../model/text.ts';
import type { Step } from '../../model/vocabulary.ts';
import { drawn } from '../generate/draw.ts';
import { Plan } from '../generate/plan.ts';
import { Judge } from '../oracle/judge.ts';
import { alone } from '../shrink/alone.ts';
import { defaultTables } from '../tables.ts';
import { regionId, sceneOn } from '../testing/campaigns.ts';
import { assumptionsFrom, usualAssumptions } from './assumptions.ts';
import { buildMachine, type Machine } from './machine.ts';
import { machineAsJson } from './print.ts';
import { programTo, Script } from './script.ts';
import { areDisjoint } from './step.ts';

const tables = defaultTables();
const everything = { accountHook: true, interfaceHook: true, routeEntries: true };
const lifecycle = buildMachine();
const whole = buildMachine({ facts: everything });
const regions = { region: regionId, otherRegion: 'cn-beijing' };

const inputNamed = (machine: Machine, id: string): number => {
  const found = machine.inputs.findIndex((input) => input.id === id);
  if (found < 0) throw new Error(`No input "${id}".`);
  return found;
};
const after = (machine: Machine, ...ids: readonly string[]): number =>
  ids.reduce((state, id) => {
    const next = machine.cell(state, inputNamed(machine, id))?.branches[0]?.next;
    if (next === undefined) throw new Error(`"${id}" is not possible in "${machine.states[state]?.label}".`);
    return next;
  }, 0);
const connecting = [
  'Create initiator',
  'Create acceptor',
  'Tell initiator',
  'Tell acceptor',
  'Connect initiator',
];

describe('The machine of one pair', () => {
  test('is the same every time it is built, and another one when something else is known of the target', () => {
    expect(buildMachine().hash).toBe(lifecycle.hash);
    const choices = { ...usualAssumptions.choices, A7: 'both' };
    expect(buildMachine({ assumptions: { ...usualAssumptions, choices } }).hash).not.toBe(lifecycle.hash);
  });

  test('shows every status of the lifecycle that a pair can have', () => {
    const labels = lifecycle.states.map(({ label }) => label).join();
    for (const { name } of tables.states) {
      // Ways that the usual target does not go.
      const rare = ['awaited', 'unanswered', 'following', 'bereft', 'unconnected', 'Modifying'].some((each) =>
        name.includes(each),
      );
      if (!rare) expect(labels, name).toContain(name);
    }
  });

  test('leads from a pair that knows of each other through connecting to Active on both sides', () => {
    const state = after(lifecycle, ...connecting, 'Settle');
    expect(lifecycle.states[state]?.label).toBe(
      'initiator Active.linked connected with acceptor, acceptor Active.linked connected with initiator',
    );
    expect(lifecycle.states[after(lifecycle, ...connecting)]?.atRest).toBe(false);
  });

  test('has a way to every state that ends there', () => {
    for (let state = 0; state < whole.states.length; state++) {
      let at: number | undefined = 0;
      for (const { from, input, branch } of whole.access(state)) {
        expect(at).toBe(from);
        at = whole.cell(from, input)?.branches[branch]?.next;
      }
      expect(at).toBe(state);
    }
  });

  test('knows each fact in a state of its own', () => {
    const labels = whole.states.map(({ label }) => label);
    for (const fact of [
      'overdue',
      'FinancialLocked',
      'SecurityLocked',
      'operation lock',
      'route to',
      'rival',
      'more on',
    ])
      expect(
        labels.some((label) => label.includes(fact)),
        fact,
      ).toBe(true);
  });

  test('refuses a model that has outgrown it, naming the state that was one too many', () => {
    expect(() => buildMachine({ mostStates: 20 })).toThrow(
      /more than 20 abstract states.*The last one is "initiator/,
    );
  });

  test('follows what was seen of a target: both ends freeze together', () => {
    const observed = { transitions: new Set<string>(), choices: new Map([['A7', new Map([['both', 3]])]]) };
    const machine = buildMachine({ assumptions: assumptionsFrom(tables, observed) });
    const state = after(machine, ...connecting, 'Settle', 'Deactivate initiator', 'Settle');
    expect(machine.states[state]?.label).toContain('acceptor Inactive');
  });

  test('takes the way through Modifying where only that was seen', () => {
    const observed = {
      transitions: new Set(['Active: MODIFY_SPEC to Modifying.connected']),
      choices: new Map(),
    };
    const machine = buildMachine({ assumptions: assumptionsFrom(tables, observed) });
    const state = after(machine, ...connecting, 'Settle', 'ModifySpec initiator');
    expect(machine.states[state]?.label).toContain('initiator Modifying.connected');
  });

  test('prints as JSON with every state and every cell', () => {
    const printed = JSON.parse(machineAsJson(lifecycle)) as { states: { cells: unknown[] }[] };
    expect(printed.states).toHaveLength(lifecycle.states.length);
    expect(printed.states.flatMap(({ cells }) => cells).length).toBeGreaterThan(1000);
  });
});

describe('Two answers', () => {
  test.each([
    [['IncorrectStatus'], ['ok'], true],
    [['IncorrectStatus'], ['IncorrectStatus', 'Forbidden'], false],
    [['*'], ['Forbidden'], false],
    [['*'], ['ok Idle'], true],
    [['Invalid*'], ['InvalidRegionId.NotFound'], false],
    [['ok Idle + Active>'], ['ok Idle + Inactive>'], true],
    [['ok Idle + Active|Inactive>'], ['ok Idle + Inactive>'], false],
    [['ok Idle + Active>'], ['ok Idle + Active'], true],
    [['ok - + -'], ['ok Idle + -'], true],
  ])('%j and %j can be told apart: %s', (one, other, expected) => {
    expect(areDisjoint(one, other)).toBe(expected);
    expect(areDisjoint(other, one)).toBe(expected);
  });
});

describe('A state of the machine', () => {
  test('is found again for the world of a plan, whatever the names there', () => {
    const plan = new Plan(2, regions);
    drawn(1, 1, (draw) => {
      const script = new Script(lifecycle, regions, draw);
      for (const id of [
        'Create acceptor',
        'Create initiator',
        'Delete acceptor',
        'Settle',
        'Create acceptor',
      ])
        script.take(inputNamed(lifecycle, id));
      for (const id of ['Tell initiator', 'Tell acceptor', 'Connect initiator', 'Settle']) {
        script.take(inputNamed(lifecycle, id));
        while (plan.commands.length < script.commands.length)
          plan.add(...script.commands.slice(plan.commands.length, plan.commands.length + 1));
        const pair = {
          initiator: script.nameOf('initiator') ?? '',
          acceptor: script.nameOf('acceptor') ?? '',
        };
        expect(lifecycle.locate(plan.world, pair, plan.now), id).toBe(script.state);
      }
    });
  });
});

describe('A program to a state', () => {
  test('brings the emulator there, as the oracle believes after watching it', async () => {
    const scene = await sceneOn(embeddedTarget({}));
    const { otherRegion } = scene;
    const run = alone(scene, tables);
    const wrong: string[] = [];
    let compared = 0;
    for (let state = 0; state < whole.states.length; state += 5) {
      const label = whole.states[state]?.label ?? '';
      const script = drawn(3, state, (draw) => {
        const made = programTo(whole, state, { region: regionId, otherRegion }, draw);
        made.take(inputNamed(whole, 'List'));
        return made;
      });
      const { findings, trace } = await run.attempt(script.sequence);
      expect(findings, label).toEqual([]);
      if (trace === undefined) throw new Error('It did not run.');
      const judge = new Judge(tables, trace.environment);
      for (const step of trace.steps) judge.step(step);
      const idOf = (slot: string): string => idNamed(trace.steps, script.nameOf(slot));
      const pair = { initiator: idOf('initiator'), acceptor: idOf('acceptor') };
      const [first = '', second = ''] = trace.environment.routers.map(({ id }) => id);
      const now = trace.steps.at(-1)?.start ?? 0;
      const found = judge.belief.map((world) => whole.locate(world, pair, now, [first, second]));
      // The pair's part of a world does not hold others; and what is open the emulator may decide otherwise.
      if (/rival|more on/.test(label)) continue;
      if (script.taken.some(({ from, input }) => whole.cell(from, input)?.open === true)) continue;
      compared++;
      if (!found.includes(state))
        wrong.push(`${label}: ${found.map((each) => whole.states[each ?? -1]?.label).join(' or ')}`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
});

function idNamed(steps: readonly Step[], name: string | undefined): string {
  for (const { command, observation } of steps) {
    if (command.kind !== 'call' || command.as !== name || observation?.kind !== 'answer') continue;
    return textOf(observation.body?.['RouterInterfaceId']);
  }
  return '';
}
