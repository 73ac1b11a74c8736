import { describe, expect, test } from 'vitest';
import type { Command } from '../../model/vocabulary.ts';
import { Account, needsAccount } from './account.ts';

const settle: Command = { kind: 'settle' };
const look: Command = { kind: 'call', operation: 'DescribeRouterInterfaces', args: {} };
const overdue = (value: boolean): Command => ({ kind: 'control', hook: 'account', set: { overdue: value } });
const lock: Command = {
  kind: 'control',
  hook: 'interface',
  on: { ref: 'ri#1' },
  set: { operationLocked: true },
};

async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

describe('The account that sequences share', () => {
  test('lets any number in side by side', async () => {
    const account = new Account();
    await Promise.all([account.share().enter(false), account.share().enter(false)]);
  });

  test('waits for all others before it is given to one alone, and keeps them out meanwhile', async () => {
    const account = new Account();
    const [one, two, alone] = [account.share(), account.share(), account.share()] as const;
    await one.enter(false);
    await two.enter(false);
    const entering = alone.enter(true);
    one.leave();
    expect(await isDone(entering)).toBe(false);
    // At rest, and on it wants to go: only behind the one that waits.
    const on = two.enter(false);
    await entering;
    await alone.enter(true);
    expect(await isDone(on)).toBe(false);
    await alone.enter(false);
    await on;
  });

  test('goes on when one that had it to itself leaves, however often it leaves', async () => {
    const account = new Account();
    const [one, two, three] = [account.share(), account.share(), account.share()] as const;
    await one.enter(true);
    const next = two.enter(true);
    one.leave();
    one.leave();
    await next;
    expect(await isDone(three.enter(false))).toBe(false);
  });
});

describe('An overdue interface', () => {
  test('is known to the other sequences until it is none, or its sequence leaves', () => {
    const account = new Account();
    const [one, two] = [account.share(), account.share()] as const;
    one.setOverdue('ri-1', true);
    one.setOverdue('ri-2', true);
    one.setOverdue('ri-1', false);
    expect([one.overdueBeside, two.overdueBeside]).toEqual([false, true]);
    two.setOverdue('account', true);
    expect([one.overdueBeside, two.overdueBeside]).toEqual([false, false]);
    two.setOverdue('account', false);
    one.setOverdue('ri-2', false);
    expect(two.overdueBeside).toBe(false);
    one.setOverdue('ri-1', true);
    one.leave();
    expect(two.overdueBeside).toBe(false);
  });

  test('concerns the others once one of them has noticed', () => {
    const account = new Account();
    const [one, two] = [account.share(), account.share()] as const;
    expect(one.locksReachOthers).toBe(false);
    two.noticeOverdue();
    expect(one.locksReachOthers).toBe(true);
  });
});

describe('A sequence needs the account for itself', () => {
  test.each<[string, Command[], number, boolean]>([
    ['never when it does not change it', [look, settle, lock, settle], 0, false],
    ['from a rest on that comes before a change', [look, overdue(true), look, overdue(false)], 0, true],
    ['not before that rest', [look, settle, overdue(true), overdue(false)], 0, false],
    ['as long as it is changed', [overdue(true), settle, look, settle, overdue(false)], 2, true],
    ['to take it back', [overdue(true), settle, look, settle, overdue(false)], 4, true],
    ['no longer once that is done', [overdue(true), overdue(false), settle, look], 3, false],
    ['to the end when it never takes it back', [overdue(true), settle], 2, true],
  ])('%s', (_, commands, start, expected) => {
    expect(needsAccount(commands, start)).toBe(expected);
  });

  const business = (businessStatus: 'FinancialLocked' | 'Normal' | 'SecurityLocked'): Command => ({
    ...lock,
    set: { businessStatus },
  });
  test.each<[string, Command[], number, boolean]>([
    ['for an overdue interface', [look, business('FinancialLocked'), settle], 0, true],
    [
      'until it is overdue no more',
      [business('FinancialLocked'), business('Normal'), settle, look],
      3,
      false,
    ],
    ['to the end when it stays overdue', [business('FinancialLocked'), settle, look], 2, true],
    ['not for any other lock', [business('SecurityLocked'), lock, settle], 0, false],
  ])('where an overdue interface concerns all: %s', (_, commands, start, expected) => {
    expect(needsAccount(commands, start, true)).toBe(expected);
    expect(needsAccount(commands, start)).toBe(false);
  });
});
