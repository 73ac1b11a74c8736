import { describe, expect, test } from 'vitest';
import type { CallCommand } from '../../model/vocabulary.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Race, Sequence } from '../sequence.ts';
import { connects, type Runs, running, sending, sends } from './testing/races.ts';
import { shrinkRace, type ShrunkRace } from './shrink-race.ts';

const fault: Finding = {
  kind: 'race',
  operation: 'ConnectRouterInterface',
  rules: ['R38'],
  expected: 'refusal',
  observed: 'success',
  fingerprint: 'race|accepted|ConnectRouterInterface|R38',
  race: { explained: [], unexplained: [] },
};

/** Shrinks a race on a target that shows the fault whenever `shows` says so. */
function shrunk(
  race: Partial<Race>,
  shows: (candidate: Sequence) => boolean,
  { before = [], budget = 100_000, runs = {} }: { before?: CallCommand[]; budget?: number; runs?: Runs } = {},
): Promise<ShrunkRace> {
  const run = running((candidate) => (shows(candidate) ? [fault] : []), runs);
  const sequence = sending(before, race);
  return shrinkRace(sequence, fault, budget, run);
}

const names = (commands: readonly CallCommand[]): string[] => commands.map((each) => sends(each));
const told = ({ sequence: { commands, race } }: ShrunkRace): unknown => ({
  before: names(commands as CallCommand[]),
  lanes: race?.lanes.map((lane) => names(lane)),
  after: race?.after.length,
});
/** Whether different clients send these. */
const atOnce = ({ race }: Sequence, ...wanted: string[]): boolean => {
  const lanes = wanted.map((name) => race?.lanes.findIndex((lane) => names(lane).includes(name)) ?? -1);
  return !lanes.includes(-1) && new Set(lanes).size === wanted.length;
};
const sent = (candidate: Sequence, name: string): boolean => JSON.stringify(candidate).includes(`"${name}"`);

describe('A race is shortened', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => connects(name)) as [
    CallCommand,
    CallCommand,
    CallCommand,
    CallCommand,
  ];

  test('to the clients that it takes, and what each of them has to send', async () => {
    const short = await shrunk({ lanes: [[c, a], [d], [b, c]], after: [c, d] }, (race) =>
      atOnce(race, 'a', 'b'),
    );
    expect(told(short)).toEqual({ before: [], lanes: [['a'], ['b']], after: 0 });
    expect(short.reproduction).toEqual({ runs: 20, diverged: 20 });
  });

  test('to two clients where what a third one sent may as well come before', async () => {
    const short = await shrunk(
      { lanes: [[a], [b], [c]] },
      (race) => atOnce(race, 'a', 'b') && sent(race, 'c'),
    );
    expect(told(short)).toEqual({ before: ['c'], lanes: [['a'], ['b']], after: 0 });
  });

  test('to two clients where one of them can send what a third one sent', async () => {
    const during = ({ race }: Sequence): boolean =>
      race?.lanes.flat().some((each) => sends(each) === 'c') === true;
    const short = await shrunk({ lanes: [[c], [a], [b]] }, (race) => atOnce(race, 'a', 'b') && during(race));
    expect(told(short)).toEqual({ before: [], lanes: [['c', 'b'], ['a']], after: 0 });
  });

  test('to no fewer clients than it takes', async () => {
    const short = await shrunk({ lanes: [[a], [b], [c]] }, (race) => atOnce(race, 'a', 'b', 'c'));
    expect(told(short)).toMatchObject({ lanes: [['a'], ['b'], ['c']] });
  });

  test('and keeps of what follows the one look that shows it', async () => {
    const short = await shrunk(
      { lanes: [[a], [b]], after: [c, d, c] },
      (race) => atOnce(race, 'a', 'b') && race.race?.after.some((each) => each === d) === true,
    );
    expect(told(short)).toMatchObject({ after: 1 });
    expect(short.sequence.race?.after).toEqual([d]);
  });

  test('patiently where it shows once in a while, and the rate is that of the shortest one', async () => {
    let calls = 0;
    const short = await shrunk(
      { lanes: [[a, d], [b], [c]] },
      (race) => race.race !== undefined && atOnce(race, 'a', 'b') && (calls += 1) % 4 === 0,
    );
    expect(told(short)).toEqual({ before: [], lanes: [['a'], ['b']], after: 0 });
    expect(short.reproduction).toEqual({ runs: 20, diverged: 5 });
  });
});

describe('Of a race is said', () => {
  const lanes = [[connects('a')], [connects('b')]];

  test('that one client alone shows it, where it does', async () => {
    const { alone } = await shrunk({ lanes }, ({ race }) => race === undefined);
    expect(alone?.sequence.race).toBeUndefined();
    expect(alone?.finding).toBe(fault);
  });

  test('how often it was run where it does not show again', async () => {
    const { reproduced, reproduction } = await shrunk({ lanes }, () => false);
    expect({ reproduced, reproduction }).toEqual({
      reproduced: false,
      reproduction: { runs: 24, diverged: 0 },
    });
  });

  test('no number of runs where none of them could be made', async () => {
    const runs: Runs = { notRun: () => true };
    expect((await shrunk({ lanes }, () => true, { runs })).reproduction.runs).toBe(0);
  });

  test('what was seen within the budget', async () => {
    let spent = 0;
    const runs: Runs = { onRun: (cost) => (spent += cost) };
    const short = await shrunk({ lanes, after: [connects('c')] }, () => false, { budget: 10, runs });
    expect(short.cost).toBe(spent);
    expect(spent).toBeLessThan(10 + 3);
    expect(short.reproduction.runs).toBeLessThan(24);
  });
});
