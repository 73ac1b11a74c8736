import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { coverageOf } from '../record/coverage.ts';
import { Evidence } from '../oracle/evidence.ts';
import { defaultScene, firstOn } from '../score/detect.ts';
import { defaultTables } from '../tables.ts';
import { type GeneratorName, guidedAnew, sequencesOf } from './suites.ts';

const options = {
  capabilities: { accountHook: true, interfaceHook: true, routeEntries: true },
  maxLength: 48,
  maxRouters: 8,
  region: 'cn-hangzhou',
  otherRegion: 'cn-shanghai',
};

/** Commands until everything that can be covered on the emulator was; or all that were sent. */
async function commandsToCover(suite: GeneratorName, seed: number, atMost: number): Promise<number> {
  const scene = await defaultScene(embeddedTarget());
  const sequenceAt = sequencesOf([suite], { ...options, otherRegion: scene.otherRegion }, seed);
  const evidence = new Evidence();
  let commands = 0;
  const found = await firstOn(
    scene,
    (index) => {
      const sequence = sequenceAt(index);
      commands += sequence.commands.length;
      return sequence;
    },
    atMost,
    evidence,
    () => {
      const { transitions, refusals } = coverageOf(defaultTables(), evidence, scene.capabilities);
      return transitions.covered === transitions.total && refusals.covered === refusals.total;
    },
  );
  expect(found).toBeUndefined();
  return commands;
}

describe('Guided sequences', () => {
  test('are the same for the same seed, also when an earlier one is asked for again', () => {
    const [one, other] = [guidedAnew(options, 5), guidedAnew(options, 5)];
    const first = [0, 1, 2, 3, 4, 5].map((index) => one(index));
    expect([5, 2, 3].map((index) => other(index))).toEqual([first[5], first[2], first[3]]);
    expect(guidedAnew(options, 6)(0)).not.toEqual(first[0]);
  });

  test('are what they were when a run remembers them, and beyond what it remembers', () => {
    const short = { ...options, maxLength: 6 };
    const anew = guidedAnew(short, 7);
    const made = Array.from({ length: 99 }, (_, index) => anew(index));
    for (const order of [
      [2, 98, 5],
      [97, 0, 95, 96],
    ]) {
      const sequenceAt = sequencesOf(['guided'], short, 7);
      expect(order.map((index) => sequenceAt(index))).toEqual(order.map((index) => made[index]));
    }
    const elsewhere = sequencesOf(['guided'], { ...short, region: 'cn-beijing' }, 7);
    expect([0, 1, 2].map((index) => elsewhere(index))).not.toEqual(made.slice(0, 3));
  });

  test('cover every transition and refusal of the chart sooner than chance does', async () => {
    const steered = await commandsToCover('guided', 1, 8000);
    expect(steered).toBeLessThan(8000);
    expect(await commandsToCover('random', 1, steered)).toBeGreaterThanOrEqual(steered);
  }, 60_000);

  test('send nothing that the target has no hook for', () => {
    const none = { accountHook: false, interfaceHook: false, routeEntries: false };
    const sequenceAt = sequencesOf(['guided'], { ...options, capabilities: none }, 3);
    for (let index = 0; index < 12; index++) {
      const { commands, exclusive } = sequenceAt(index);
      expect(exclusive).toBe(false);
      for (const command of commands) {
        expect(command.kind).not.toBe('control');
        if (command.kind === 'call') expect(command.operation).not.toMatch(/RouteEntry$/);
      }
    }
  });

  test('touch the whole account only where they run alone', () => {
    const sequenceAt = sequencesOf(['guided'], options, 4);
    const sent = Array.from({ length: 100 }, (_, index) => sequenceAt(index));
    const isBill = ({ commands }: (typeof sent)[number]): boolean =>
      commands.some((each) => each.kind === 'control' && each.hook === 'account');
    expect(sent.some(isBill)).toBe(true);
    for (const sequence of sent.filter(isBill)) expect(sequence.exclusive).toBe(true);
  });
});

describe('Suites that take turns', () => {
  test('send what each would send, and go on by chance', () => {
    const both = sequencesOf(['guided', 'random'], options, 1);
    const [steered, byChance] = [sequencesOf(['guided'], options, 1), sequencesOf(['random'], options, 1)];
    const first = [byChance(0), steered(0), steered(1), steered(2), byChance(1), steered(3)];
    expect(first.map((_, index) => both(index))).toEqual(first);
    expect(both(96)).toEqual(byChance(24));
  });
});
