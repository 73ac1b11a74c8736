import { describe, expect, test } from 'vitest';
import { Emulator } from './emulator.ts';
import { Lab } from './testing/lab.ts';

function post(lab: Lab, hook: string, body: unknown): number {
  return lab.emulator.control('POST', `/_control/${hook}`, body).status;
}

describe('the control hooks', () => {
  test('name themselves; the clock hook only with a manual clock', () => {
    const manual = new Emulator({ clock: 'manual' }).control('GET', '/_control', undefined);
    expect(manual).toEqual({
      status: 200,
      body: { hooks: ['reset', 'account', 'interface', 'clock'], clock: 'manual' },
    });
    const real = new Emulator().control('GET', '/_control', undefined);
    expect(real.body).toEqual({ hooks: ['reset', 'account', 'interface'], clock: 'real' });
  });

  test('clock does what falls due before it answers', () => {
    const lab = new Lab();
    const { a } = lab.ends();
    lab.on(a, 'ConnectRouterInterface');
    expect(post(lab, 'clock', { advanceMs: 1499 })).toBe(200);
    expect(lab.status(a)).toBe('Connecting');
    expect(post(lab, 'clock', { advanceMs: 1 })).toBe(200);
    expect(lab.status(a)).toBe('Active');
  });

  test('reset empties the account and sets the clock back, but never repeats a RequestId', () => {
    const lab = new Lab();
    const first = lab.call('DescribeRegions').body['RequestId'];
    const { a, routerA } = lab.linked();
    lab.overdue(true);
    const [id] = [lab.create(routerA)];
    expect(id).toBe('Forbidden.BillsOutstanding');
    const before = lab.item(a)['CreationTime'];
    lab.wait(3_600_000);
    expect(post(lab, 'reset', {})).toBe(200);
    expect(lab.list()).toEqual([]);
    const again = lab.linked();
    expect(lab.item(again.a)['CreationTime']).toBe(before);
    const ids = lab.log.map((line) => /"RequestId":"([^"]+)"/.exec(line)?.[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe(first);
  });

  test('account makes Create and Connect refuse, and nothing else', () => {
    const lab = new Lab();
    const { a, routerA } = lab.ends();
    lab.overdue(true);
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('400 Forbidden.BillsOutstanding');
    expect(lab.create(routerA)).toBe('Forbidden.BillsOutstanding');
    expect(lab.on(a, 'ModifyRouterInterfaceAttribute', { Name: 'fine' })).toBe('200');
    expect(lab.item(a)['BusinessStatus']).toBe('Normal');
    lab.overdue(false);
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('200');
  });

  test('interface locks one interface and unlocks it again', () => {
    const lab = new Lab();
    const { a, b } = lab.linked();
    lab.lock(a, { businessStatus: 'FinancialLocked' });
    expect(lab.item(a)['BusinessStatus']).toBe('FinancialLocked');
    expect(lab.item(b)).toMatchObject({
      BusinessStatus: 'Normal',
      OppositeInterfaceBusinessStatus: 'FinancialLocked',
    });
    expect(lab.on(a, 'DeactivateRouterInterface')).toBe('400 Forbidden.FinancialLocked');
    lab.lock(a, { businessStatus: 'Normal', operationLocked: true });
    expect(lab.on(a, 'DeactivateRouterInterface')).toBe('400 OperationFailed.OperationLocked');
    lab.lock(a, { operationLocked: false });
    expect(lab.on(a, 'DeactivateRouterInterface')).toBe('200');
  });

  test('SecurityLocked shows and refuses nothing', () => {
    const lab = new Lab();
    const { a } = lab.linked();
    lab.lock(a, { businessStatus: 'SecurityLocked' });
    expect(lab.item(a)['BusinessStatus']).toBe('SecurityLocked');
    expect(lab.on(a, 'DeactivateRouterInterface')).toBe('200');
  });

  test.each([
    ['an unknown interface', 'interface', { routerInterfaceId: 'ri-none', operationLocked: true }, 404],
    ['an unknown business status', 'interface', { routerInterfaceId: 'A', businessStatus: 'Locked' }, 400],
    ['a lock that is no boolean', 'interface', { routerInterfaceId: 'A', operationLocked: 'yes' }, 400],
    ['nothing to change', 'interface', { routerInterfaceId: 'A' }, 400],
    ['overdue that is no boolean', 'account', { overdue: 1 }, 400],
    ['a clock that runs backwards', 'clock', { advanceMs: -1 }, 400],
    ['an unknown hook', 'constructor', {}, 404],
    ['a body that is no object', 'account', [], 400],
  ])('refuse %s', (_, hook, body, status) => {
    const lab = new Lab();
    const { a } = lab.ends();
    const sent = JSON.parse(JSON.stringify(body).replace('"A"', JSON.stringify(a))) as unknown;
    const answer = lab.emulator.control('POST', `/_control/${hook}`, sent);
    expect(answer.status).toBe(status);
    expect(answer.body['error']).toEqual(expect.any(String));
  });

  test('refuse other methods', () => {
    const lab = new Lab();
    expect(lab.emulator.control('GET', '/_control/reset', {}).status).toBe(405);
    expect(lab.emulator.control('POST', '/_control', {}).status).toBe(405);
  });

  test('a real clock cannot be moved', () => {
    const emulator = new Emulator({ clock: 'real' });
    expect(emulator.control('POST', '/_control/clock', { advanceMs: 1 }).status).toBe(409);
    expect(() => emulator.advance(1)).toThrow('real clock');
    expect(() => new Emulator({ clock: 'manual' }).advance(-1)).toThrow(RangeError);
  });
});
