import { describe, expect, test } from 'vitest';
import { everything, finding, found, item, Transcript } from '../testing/transcript.ts';

const conforms = { kind: 'conforms' };

describe('what is not an answer', () => {
  const command = { kind: 'call', operation: 'DeleteRouterInterface', args: {} } as const;
  const read = { kind: 'call', operation: 'DescribeRouterInterfaces', args: {} } as const;
  const sent = { RegionId: 'cn-hangzhou', RouterInterfaceId: 'ri-a' };

  test('silence diverges; after a change, nothing more can be said', () => {
    const t = new Transcript();
    t.create('ri-a');
    expect(finding(t.see(command, { kind: 'silence', afterMs: 500 }, sent))).toMatchObject({
      kind: 'silence',
      rules: ['R8'],
      observed: 'nothing within 500 ms',
    });
    expect(t.list([item('ri-a')])).toEqual({
      kind: 'inconclusive',
      reason: 'whether the unanswered DeleteRouterInterface took effect is unknown',
    });
  });

  test('silence after a read leaves the rest to be judged', () => {
    const t = new Transcript();
    expect(found(t.see(read, { kind: 'silence', afterMs: 500 }, everything))).toEqual([['silence', ['R8']]]);
    expect(t.create('ri-a')).toEqual(conforms);
  });

  test('a broken connection is inconclusive; after a change, so is the rest', () => {
    const t = new Transcript();
    const broken = { kind: 'indeterminate', cause: 'reset' } as const;
    expect(t.see(read, broken, everything).kind).toBe('inconclusive');
    expect(t.create('ri-a')).toEqual(conforms);
    const reason = 'the connection broke after DeleteRouterInterface was sent: reset';
    expect(t.see(command, broken, sent)).toEqual({ kind: 'inconclusive', reason });
    expect(t.list([])).toEqual({ kind: 'inconclusive', reason });
  });

  test('a target that cannot be reached says nothing, now or later', () => {
    const t = new Transcript();
    const reason = 'the target could not be reached: refused';
    expect(t.see(read, { kind: 'unreachable', cause: 'refused' }, everything)).toEqual({
      kind: 'inconclusive',
      reason,
    });
    expect(t.list([])).toEqual({ kind: 'inconclusive', reason });
    expect(new Transcript().see(read)).toEqual({
      kind: 'inconclusive',
      reason: 'the target could not be reached: no observation',
    });
  });

  test('what a client has no way to say is inconclusive, and changes nothing', () => {
    const t = new Transcript();
    const verdict = t.see(command, { kind: 'inexpressible', reason: 'no field for it' }, sent);
    expect(verdict).toEqual({ kind: 'inconclusive', reason: 'no field for it' });
    expect(t.list([])).toEqual(conforms);
  });

  test('a client that breaks down is a finding against no rule; after a change, nothing more can be said', () => {
    const t = new Transcript();
    const crashed = { kind: 'crashed', how: 'it ended with exit code 2' } as const;
    expect(finding(t.see(read, crashed, everything))).toMatchObject({
      kind: 'client',
      rules: [],
      observed: 'it ended with exit code 2',
    });
    expect(t.create('ri-a')).toEqual(conforms);
    expect(finding(t.see(command, crashed, sent))).toMatchObject({ kind: 'client', rules: [] });
    expect(t.list([])).toEqual({
      kind: 'inconclusive',
      reason: 'whether DeleteRouterInterface, over which the client broke down, took effect is unknown',
    });
  });

  test('throttling and passing failures are inconclusive, and change nothing', () => {
    const t = new Transcript();
    const args = { RouterInterfaceId: 'ri-x' };
    expect(t.refuse('DeleteRouterInterface', args, 400, 'Throttling.User')).toEqual({
      kind: 'inconclusive',
      reason: 'throttled (400 Throttling.User)',
    });
    expect(t.refuse('DeleteRouterInterface', args, 429, 'Busy').kind).toBe('inconclusive');
    expect(t.refuse('DeleteRouterInterface', args, 503, 'ServiceUnavailable')).toEqual({
      kind: 'inconclusive',
      reason: 'temporarily unavailable (503 ServiceUnavailable)',
    });
    expect(t.list([])).toEqual(conforms);
  });

  test('an answer that is not JSON diverges; after a change, nothing more can be said', () => {
    const t = new Transcript();
    const html = { kind: 'answer', status: 502, defect: 'not JSON: <html>' } as const;
    expect(finding(t.see(read, html, everything))).toMatchObject({
      kind: 'envelope',
      rules: ['R8'],
      observed: 'body: not JSON: <html>',
    });
    expect(t.list([])).toEqual(conforms);
    expect(found(t.see(command, html, sent))).toEqual([['envelope', ['R8']]]);
    expect(t.list([])).toEqual({
      kind: 'inconclusive',
      reason: 'the answer to DeleteRouterInterface could not be read',
    });
  });
});

describe('commands that are no judged calls', () => {
  test('a lock of the control hook is held against what is shown and what is done', () => {
    const t = new Transcript();
    t.pair();
    const lock = (set: object) =>
      t.see({ kind: 'control', hook: 'interface', on: { ref: 'ri#1' }, set }, undefined, {
        routerInterfaceId: 'ri-a',
      });
    expect(lock({ operationLocked: true })).toEqual(conforms);
    expect(
      t.refuse(
        'DeactivateRouterInterface',
        { RouterInterfaceId: 'ri-a' },
        400,
        'OperationFailed.OperationLocked',
      ),
    ).toEqual(conforms);
    expect(found(t.ok('DeactivateRouterInterface', { RouterInterfaceId: 'ri-a' }))).toEqual([
      ['accepted', ['R55']],
    ]);
  });

  test('overdue bills keep the account from creating', () => {
    const t = new Transcript();
    expect(t.see({ kind: 'control', hook: 'account', set: { overdue: true } })).toEqual(conforms);
    expect(found(t.create('ri-a'))).toEqual([['accepted', ['R19']]]);
  });

  test('a route entry holds its interface, until it is deleted', () => {
    const t = new Transcript();
    t.create('ri-a');
    const remove = () =>
      t.refuse(
        'DeleteRouterInterface',
        { RouterInterfaceId: 'ri-a' },
        400,
        'RouterInterfaceReferredByRouteEntry',
      );
    expect(t.ok('CreateRouteEntry', { NextHopId: 'ri-a' }, { RouteEntryId: 'rte-1' })).toEqual(conforms);
    expect(remove()).toEqual(conforms);
    expect(t.ok('DeleteRouteEntry', { RouteEntryId: 'rte-1' })).toEqual(conforms);
    expect(remove()).toEqual(conforms);
    t.wait();
    expect(found(remove())).toEqual([['refused', expect.arrayContaining(['R57'])]]);
  });

  test('a route entry that was refused holds nothing, whatever the answer', () => {
    const t = new Transcript();
    t.create('ri-a');
    expect(
      t.refuse('CreateRouteEntry', { NextHopId: 'ri-a' }, 400, 'IncorrectStatus.RouterInterface'),
    ).toEqual(conforms);
    expect(
      t.see(
        { kind: 'call', operation: 'CreateRouteEntry', args: {} },
        { kind: 'silence', afterMs: 1 },
        { NextHopId: 'ri-a' },
      ),
    ).toEqual(conforms);
    expect(t.ok('DeleteRouterInterface', { RouterInterfaceId: 'ri-a' })).toEqual(conforms);
  });
});
