import { expect, test } from 'vitest';
import { Lab } from './testing/lab.ts';

test('a locked interface makes the account overdue with overdue=interface, and not by default (A17)', () => {
  const answers = ['overdue=interface', 'overdue=account'].map((profile) => {
    const lab = new Lab({ profile });
    const locked = lab.create(lab.router());
    lab.lock(locked, { businessStatus: 'FinancialLocked' });
    const meanwhile = lab.create(lab.router());
    lab.lock(locked, { businessStatus: 'Normal' });
    return [meanwhile, lab.create(lab.router())];
  });
  const made = expect.stringMatching(/^ri-/) as string;
  expect(answers).toEqual([
    ['Forbidden.BillsOutstanding', made],
    [made, made],
  ]);
});
