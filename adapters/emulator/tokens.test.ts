import { describe, expect, test } from 'vitest';
import { Lab } from './testing/lab.ts';

describe('ClientToken', () => {
  test('repeats the answer of Create, Delete and ModifySpec and does nothing again', () => {
    const lab = new Lab();
    const router = lab.router();
    const id = lab.create(router, { ClientToken: 't1' });
    expect(lab.create(router, { ClientToken: 't1' })).toBe(id);
    expect(lab.list()).toHaveLength(1);
    const respec = { Spec: 'Mini.5', ClientToken: 't1' };
    expect(lab.on(id, 'ModifyRouterInterfaceSpec', respec)).toBe('200');
    lab.on(id, 'ModifyRouterInterfaceSpec', { Spec: 'Mini.2' });
    expect(lab.call('ModifyRouterInterfaceSpec', { RouterInterfaceId: id, ...respec }).body['Spec']).toBe(
      'Mini.5',
    );
    expect(lab.item(id)['Spec']).toBe('Mini.2');
    expect(lab.on(id, 'DeleteRouterInterface', { ClientToken: 't1' })).toBe('200');
    lab.wait();
    expect(lab.on(id, 'DeleteRouterInterface', { ClientToken: 't1' })).toBe('200');
    expect(lab.on(id, 'DeleteRouterInterface', { ClientToken: 't2' })).toBe('404 InvalidInstanceId.NotFound');
  });

  test('is refused with other parameters, and for any reuse where the profile says so', () => {
    const lab = new Lab();
    const router = lab.router();
    lab.create(router, { ClientToken: 't1' });
    expect(lab.create(router, { ClientToken: 't1', Name: 'other' })).toBe('IdempotentFailed');
    const strict = new Lab({ profile: 'tokenReuse=refuse' });
    const other = strict.router();
    strict.create(other, { ClientToken: 't1' });
    expect(strict.create(other, { ClientToken: 't1' })).toBe('LastTokenProcessing');
    expect(strict.list()).toHaveLength(1);
  });

  test('of a refused call counts as unused', () => {
    const lab = new Lab();
    const router = lab.router();
    expect(lab.create(router, { ClientToken: 't1', Name: '1' })).toBe('InvalidName.Malformed');
    expect(lab.create(router, { ClientToken: 't1', Name: 'fine' })).toMatch(/^ri-/);
  });

  test('is ASCII, and at most 64 characters long up to E2021', () => {
    const long = { ClientToken: 't'.repeat(65) };
    const lab = new Lab();
    expect(lab.create(lab.router(), { ClientToken: 'é' })).toBe('InvalidClientToken');
    expect(lab.create(lab.router(), long)).toMatch(/^ri-/);
    const old = new Lab({ edition: 'E2021' });
    expect(old.create(old.router(), long)).toBe('InvalidClientToken');
  });
});
