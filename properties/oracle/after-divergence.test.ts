import { describe, expect, test } from 'vitest';
import { found, item, Transcript } from '../testing/transcript.ts';

const conforms = { kind: 'conforms' };
const a = { RouterInterfaceId: 'ri-a' };

describe('after a change that was accepted although it must be refused', () => {
  test('what comes of it as a rule is no divergence of its own', () => {
    const t = new Transcript();
    t.couple();
    expect(found(t.ok('DeactivateRouterInterface', a))).toEqual([['accepted', ['R51']]]);
    expect(t.list(t.both('Deactivating', 'Idle'))).toEqual(conforms);
    t.wait();
    expect(t.list(t.both('Inactive', 'Idle'))).toEqual(conforms);
  });

  test('nor is it that nothing comes of it', () => {
    const t = new Transcript();
    t.couple();
    t.ok('DeactivateRouterInterface', a);
    t.wait();
    expect(t.list(t.both('Idle', 'Idle'))).toEqual(conforms);
    expect(found(t.list(t.both('Inactive', 'Idle')))).toContainEqual(['field', ['P1']]);
  });

  test('two that are connected then are held to their link', () => {
    const t = new Transcript();
    t.pair();
    expect(found(t.ok('ConnectRouterInterface', a))).toEqual([['accepted', ['R34', 'R38']]]);
    expect(t.list(t.both('Connecting', 'AcceptingConnecting'))).toEqual(conforms);
    t.wait();
    expect(t.list(t.both('Active', 'Active'))).toEqual(conforms);
    expect(found(t.list(t.both('Idle', 'Active')))).toContainEqual(['field', expect.any(Array)]);
  });
});

describe('after an answer that is wrong in what it says alone', () => {
  test('what was made is known as well as any', () => {
    const t = new Transcript();
    const args = {
      Role: 'InitiatingSide',
      Spec: 'Mini.2',
      RouterType: 'VRouter',
      RouterId: 'vrt-1',
      OppositeRegionId: 'cn-hangzhou',
    };
    const body = { RouterInterfaceId: 'ri-a', OrderId: 7 };
    expect(found(t.ok('CreateRouterInterface', args, body))).toEqual([['field', ['R14']]]);
    expect(found(t.list([item('ri-a', { Name: 'x' })]))).toEqual([['field', expect.any(Array)]]);
  });

  test('so is a spec that was echoed wrongly', () => {
    const t = new Transcript();
    t.create('ri-a');
    t.list([item('ri-a')]);
    expect(found(t.ok('ModifyRouterInterfaceSpec', { ...a, Spec: 'Large.1' }, { Spec: 'Mini.2' }))).toEqual([
      ['field', ['R79']],
    ]);
    t.wait();
    expect(t.list([item('ri-a', { Spec: 'Large.1', Bandwidth: 1024 })])).toEqual(conforms);
  });
});

test('after a refusal that nothing explains, what it may have changed is held against a refusal', () => {
  const t = new Transcript();
  t.create('ri-a');
  t.list([item('ri-a')]);
  expect(found(t.refuse('ConnectRouterInterface', a, 400, 'Nonsense'))).toEqual([['code', ['R35', 'R36']]]);
  expect(found(t.list([item('ri-a', { Name: 'x' })]))).toEqual([['field', ['R44']]]);
});
