import { describe, expect, test } from 'vitest';
import { Agenda, type AgendaOptions } from './agenda.ts';
import { Evidence } from './oracle/evidence.ts';
import type { Sequence } from './sequence.ts';

const ofTen: Sequence = {
  commands: Array.from({ length: 10 }, () => ({ kind: 'settle' as const })),
  routers: 1,
  exclusive: false,
};

const agenda = (options: Partial<AgendaOptions>, ran = 0): Agenda =>
  new Agenda({ sequenceAt: () => ofTen, commands: 30, ...options }, ran);

function numbersOf(from: Agenda): number[] {
  const numbers: number[] = [];
  for (let next = from.next(); next !== undefined; next = from.next()) numbers.push(next[1]);
  return numbers;
}

const evidence = new Evidence();

describe('What a campaign runs next', () => {
  test('are sequences until the budget is used up, on top of what ran before', () => {
    expect(numbersOf(agenda({}))).toEqual([0, 1, 2]);
    expect(numbersOf(agenda({ first: 5 }, 1000))).toEqual([5, 6, 7]);
  });

  test('are so many sequences at most', () => {
    expect(numbersOf(agenda({ first: 5, sequences: 2, commands: Infinity }))).toEqual([5, 6]);
  });

  test('are those of its part, of all that the budget is for', () => {
    expect(numbersOf(agenda({ commands: 60, shard: { index: 2, count: 3 } }))).toEqual([1, 4]);
  });

  test('are first those that come again', () => {
    const again = agenda({});
    const first = again.next();
    again.next();
    if (first !== undefined) again.putOff(first);
    expect(numbersOf(again)).toEqual([0, 2]);
    again.onlyAgain([[ofTen, 7]]);
    expect(numbersOf(again)).toEqual([7]);
  });

  test('are more until what was seen is enough, but by half the budget at most', () => {
    const never = agenda({ enough: () => false });
    expect(numbersOf(never)).toEqual([0, 1, 2]);
    expect(never.isEnough(30, evidence)).toBe(false);
    expect(numbersOf(never)).toEqual([3, 4]);
    expect(never.isEnough(50, evidence)).toBe(true);
    expect(agenda({ enough: () => true }).isEnough(30, evidence)).toBe(true);
    expect(agenda({}).isEnough(30, evidence)).toBe(true);
    const few = agenda({ sequences: 1, enough: () => false });
    expect(numbersOf(few)).toEqual([0]);
    expect(few.isEnough(10, evidence)).toBe(true);
  });
});
