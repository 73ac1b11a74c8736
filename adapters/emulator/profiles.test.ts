import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from './options.ts';
import { axes, completeProfile, defaultProfile, parseProfile, profiles } from './profiles.ts';
import { Lab } from './testing/lab.ts';
import { tour } from './testing/tour.ts';

/** Activates an interface whose peer was deleted. */
function activateAlone(options: EmulatorOptions): string {
  const lab = new Lab(options);
  const { a, b } = lab.frozen();
  lab.on(b, 'DeactivateRouterInterface');
  lab.wait();
  lab.remove(b);
  return lab.on(a, 'ActivateRouterInterface');
}

/** Breaks two rules at once: a bad Name, and opposite information in the wrong status. */
function badNameWhenActive(precedence: string): string {
  const lab = new Lab({ profile: `precedence=${precedence}` });
  const { a } = lab.linked();
  return lab.point(a, 'ri-other', lab.router(), { Name: '1' });
}

function bandwidthShown(profile: string, Spec: string): unknown {
  const lab = new Lab({ profile });
  return lab.item(lab.create(lab.router(), { Spec }))['Bandwidth'];
}

describe('parseProfile', () => {
  test('takes a name or pairs', () => {
    expect(parseProfile('default')).toEqual({});
    expect(parseProfile('bandwidth=decimal, quota = account')).toEqual({
      bandwidth: 'decimal',
      quota: 'account',
    });
  });

  test('says what is allowed', () => {
    expect(() => parseProfile('quick')).toThrow(/"quick".*default/);
    expect(() => parseProfile('colour=red')).toThrow(/axis "colour".*bandwidth/);
    expect(() => parseProfile('quota=user')).toThrow(/"quota" cannot be "user".*router, account/);
    expect(() => parseProfile('quota=router,')).toThrow('axis ""');
  });
});

describe('profiles', () => {
  test('name every value other than the default', () => {
    for (const [axis, values] of Object.entries(axes)) {
      for (const value of values.slice(1)) expect(profiles[`${axis}:${value}`]).toEqual({ [axis]: value });
    }
  });

  test('are all complete once the defaults are added', () => {
    for (const name of Object.keys(profiles)) {
      expect(Object.keys(completeProfile(name, 'E2026')).toSorted()).toEqual(Object.keys(axes).toSorted());
    }
    expect(defaultProfile.transitions).toBe('visible');
  });

  test('each behave in a way of their own', () => {
    const usual = JSON.stringify(tour({ edition: 'E2023' }));
    for (const name of Object.keys(profiles)) {
      // In E2023 accepting is what happens anyway, and the recorded run is what the defaults follow.
      const same = ['default', 'recorded2019', 'activatePeerDeleted:accept'].includes(name);
      expect(JSON.stringify(tour({ edition: 'E2023', profile: name })) === usual, name).toBe(same);
    }
  });
});

describe('the axis', () => {
  test('transitions: nothing is seen between the statuses, or it takes twenty times as long', () => {
    const instant = new Lab({ profile: 'transitions=instant' });
    const { a } = instant.ends();
    instant.on(a, 'ConnectRouterInterface');
    expect(instant.status(a)).toBe('Active');
    const slow = new Lab({ profile: 'transitions=slow' });
    const ends = slow.ends();
    slow.on(ends.a, 'ConnectRouterInterface');
    slow.wait(29_999);
    expect(slow.status(ends.a)).toBe('Connecting');
    slow.wait(1);
    expect(slow.status(ends.a)).toBe('Active');
  });

  test('acceptor: it can show Idle while the initiator is Connecting, and is busy then', () => {
    const lab = new Lab({ profile: 'acceptor=Idle' });
    const { a, b, routerA } = lab.ends();
    lab.on(a, 'ConnectRouterInterface');
    expect([lab.status(a), lab.status(b)]).toEqual(['Connecting', 'Idle']);
    expect(lab.point(b, a, routerA)).toBe('400 INSTANCE_IN_PROCESSIONG');
    lab.wait();
    expect(lab.status(b)).toBe('Active');
  });

  test('acceptor: one that is deleted meanwhile stays deleted', () => {
    const lab = new Lab({ profile: 'acceptor=Idle' });
    const { a, b } = lab.ends();
    lab.on(a, 'ConnectRouterInterface');
    expect(lab.remove(b)).toBe('200');
    expect([lab.status(a), lab.status(b)]).toEqual(['Active', 'gone']);
    expect(lab.item(a)['OppositeInterfaceStatus']).toBe('Deleted');
  });

  test('deactivation: the peer follows both ways', () => {
    const lab = new Lab({ profile: 'deactivation=both' });
    const { a, b } = lab.linked();
    lab.on(a, 'DeactivateRouterInterface');
    expect([lab.status(a), lab.status(b)]).toEqual(['Deactivating', 'Deactivating']);
    lab.wait();
    expect(lab.on(b, 'DeactivateRouterInterface')).toBe('400 IncorrectRIStatus');
    lab.on(b, 'ActivateRouterInterface');
    lab.wait();
    expect([lab.status(a), lab.status(b)]).toEqual(['Active', 'Active']);
  });

  test('deletion: gone at once', () => {
    const lab = new Lab({ profile: 'deletion=instant' });
    const { a } = lab.ends();
    lab.on(a, 'DeleteRouterInterface');
    expect(lab.status(a)).toBe('gone');
  });

  test.each([
    ['unchanged', 'Active'],
    ['inactive', 'Inactive'],
  ])('survivor=%s leaves it %s', (value, expected) => {
    const lab = new Lab({ profile: `survivor=${value}` });
    const { a, b } = lab.frozen();
    lab.remove(a);
    expect(lab.item(b)).toMatchObject({ Status: expected, OppositeInterfaceStatus: 'Deleted' });
  });

  test('activatePeerDeleted: refused from E2026 on unless set', () => {
    expect(activateAlone({})).toBe('400 OppositeRouterInterfaceIsDeleted');
    expect(activateAlone({ edition: 'E2025' })).toBe('200');
    expect(activateAlone({ profile: 'activatePeerDeleted=accept' })).toBe('200');
    expect(activateAlone({ edition: 'E2019', profile: 'activatePeerDeleted=refuse' })).toMatch('IsDeleted');
  });

  test.each([
    ['table', '400 IncorrectRole.NotInitiatingSide'],
    ['reverse', '400 Forbidden.BillsOutstanding'],
    ['statusFirst', '400 IncorrectRIStatus'],
  ])('precedence=%s answers an Active acceptor of an overdue account with %s', (value, expected) => {
    const lab = new Lab({ profile: `precedence=${value}` });
    const { b } = lab.linked();
    lab.overdue(true);
    expect(lab.on(b, 'ConnectRouterInterface')).toBe(expected);
  });

  test('precedence=parametersLast prefers the status to a bad Name', () => {
    expect(badNameWhenActive('table')).toBe('400 InvalidName.Malformed');
    expect(badNameWhenActive('parametersLast')).toBe('400 IncorrectStatus');
  });

  test('reads=lagging shows what was 800 ms ago: creation, fields, status, deletion', () => {
    const lab = new Lab({ profile: 'reads=lagging' });
    const router = lab.router();
    const a = lab.create(router);
    expect(lab.status(a)).toBe('gone');
    expect(lab.call('DescribeRouterInterfaceAttribute', { InstanceId: a }).body['RouterInterfaceId']).toBe(
      '',
    );
    lab.wait(799);
    expect(lab.list()).toHaveLength(0);
    lab.wait(1);
    expect(lab.status(a)).toBe('Idle');
    lab.on(a, 'ModifyRouterInterfaceAttribute', { Name: 'fresh' });
    expect(lab.item(a)).not.toHaveProperty('Name');
    lab.wait(800);
    expect(lab.item(a)['Name']).toBe('fresh');
    lab.on(a, 'DeleteRouterInterface');
    lab.wait(1000);
    expect(lab.status(a)).toBe('Deleting');
    expect(lab.on(a, 'DeleteRouterInterface')).toBe('404 InvalidInstanceId.NotFound');
    lab.wait(800);
    expect(lab.status(a)).toBe('gone');
  });

  test('notFound: two codes for Delete, two ways for the attribute', () => {
    const lab = new Lab({
      profile: 'deleteNotFound=InvalidRouterInterfaceId.NotFound,attributeNotFound=error',
    });
    expect(lab.on('ri-none', 'DeleteRouterInterface')).toBe('404 InvalidRouterInterfaceId.NotFound');
    expect(lab.code('DescribeRouterInterfaceAttribute', { InstanceId: 'ri-none' })).toBe(
      '404 InvalidInstanceId.NotFound',
    );
    const usual = new Lab();
    const { status, body } = usual.call('DescribeRouterInterfaceAttribute', { InstanceId: 'ri-none' });
    expect([status, body['RouterInterfaceId']]).toEqual([200, '']);
  });

  test('connectUnanswered=hang stays Connecting for a minute and is Idle again', () => {
    const lab = new Lab({ profile: 'connectUnanswered=hang' });
    const [one, two] = [lab.router(), lab.router()];
    const [a, b] = [lab.create(one), lab.acceptor(two)];
    lab.point(a, b, two);
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('200');
    expect(lab.on(a, 'DeleteRouterInterface')).toBe('400 InvalidInstance.StatusError');
    lab.wait(59_999);
    expect([lab.status(a), lab.status(b)]).toEqual(['Connecting', 'Idle']);
    expect(lab.item(a)).not.toHaveProperty('OppositeInterfaceStatus');
    lab.wait(1);
    expect(lab.status(a)).toBe('Idle');
    lab.point(b, a, one);
    lab.on(a, 'ConnectRouterInterface');
    lab.wait();
    expect([lab.status(a), lab.status(b)]).toEqual(['Active', 'Active']);
  });

  test.each([
    ['IncorrectStatus', '400 IncorrectStatus'],
    ['InvalidParam.ModifyRouterInterface', '400 InvalidParam.ModifyRouterInterface'],
    ['LinkRole.NotSupport', '400 LinkRole.NotSupport'],
    ['accept', '200'],
  ])('oppositeWhileNotIdle=%s', (value, expected) => {
    const lab = new Lab({ profile: `oppositeWhileNotIdle=${value}` });
    const { a, b, routerB } = lab.linked();
    expect(lab.point(a, 'ri-other', routerB)).toBe(expected);
    expect(lab.item(a)['OppositeInterfaceId']).toBe(expected === '200' ? 'ri-other' : b);
  });

  test('oppositeTypeDefault=VBR overwrites the type that was not sent', () => {
    const lab = new Lab({ profile: 'oppositeTypeDefault=VBR' });
    const a = lab.create(lab.router());
    lab.on(a, 'ModifyRouterInterfaceAttribute', { Name: 'fine' });
    expect(lab.item(a)['OppositeRouterType']).toBe('VRouter');
    lab.on(a, 'ModifyRouterInterfaceAttribute', { OppositeInterfaceId: 'ri-x' });
    expect(lab.item(a)['OppositeRouterType']).toBe('VBR');
  });

  test('specMismatch=normalise stores Negative', () => {
    const lab = new Lab({ profile: 'specMismatch=normalise' });
    const id = lab.create(lab.router(), { Role: 'AcceptingSide', Spec: 'Mini.2' });
    expect(lab.item(id)).toMatchObject({ Spec: 'Negative', Bandwidth: 0 });
    expect(
      lab.call('ModifyRouterInterfaceSpec', { RouterInterfaceId: id, Spec: 'Mini.5' }).body['Spec'],
    ).toBe('Negative');
  });

  test.each([
    ['specChangeActive=Activating', 'linked', 'Activating', 'Active'],
    ['specChangeActive=Modifying', 'linked', 'Modifying', 'Active'],
    ['specChangeIdle=unchanged', 'ends', 'Idle', 'Idle'],
    ['specChangeIdle=Activating', 'ends', 'Activating', 'Idle'],
    ['specChangeIdle=Modifying', 'ends', 'Modifying', 'Idle'],
    ['specChangeInactive=accept', 'frozen', 'Inactive', 'Inactive'],
  ] as const)('%s', (profile, make, during, after) => {
    const lab = new Lab({ profile });
    const { a } = lab[make]();
    expect(lab.on(a, 'ModifyRouterInterfaceSpec', { Spec: 'Middle.5' })).toBe('200');
    expect(lab.item(a)).toMatchObject({ Status: during, Spec: 'Middle.5', Bandwidth: 500 });
    lab.wait(500);
    expect(lab.status(a)).toBe(after);
  });

  test('specChangeInactive=refuse', () => {
    const lab = new Lab({ profile: 'specChangeInactive=refuse' });
    expect(lab.on(lab.frozen().a, 'ModifyRouterInterfaceSpec', { Spec: 'Mini.5' })).toBe(
      '400 InvalidInstance.StatusError',
    );
  });

  test('quota=account counts the region, not the world', () => {
    const lab = new Lab({ profile: 'quota=account' });
    const [one, two] = [lab.router(), lab.router()];
    for (let n = 0; n < 3; n += 1) lab.create(one);
    for (let n = 0; n < 2; n += 1) lab.create(two);
    expect(lab.create(two)).toBe('QuotaExceeded');
    lab.region = 'cn-beijing';
    expect(lab.create(lab.router())).toMatch(/^ri-/);
  });

  test('bandwidth: 2048 as recorded or 2000 as printed', () => {
    const specs = ['Middle.5', 'Large.1', 'Large.2', 'Large.5', 'Xlarge.1'];
    expect(specs.map((spec) => bandwidthShown('bandwidth=binary', spec))).toEqual([
      500, 1024, 2048, 5120, 10_240,
    ]);
    expect(specs.map((spec) => bandwidthShown('bandwidth=decimal', spec))).toEqual([
      500, 1000, 2000, 5000, 10_000,
    ]);
  });

  test('ownerRequired=yes', () => {
    const lab = new Lab({ profile: 'ownerRequired=yes' });
    const { a, b, routerB } = lab.ends();
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('400 IncorrectOppositeInterfaceInfo.NotSet');
    lab.point(a, b, routerB, { OppositeInterfaceOwnerId: lab.emulator.settings.accountId });
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('200');
  });

  test('ownerRequired=bothEnds', () => {
    const lab = new Lab({ profile: 'ownerRequired=bothEnds' });
    const { a, b, routerA, routerB } = lab.ends();
    const owner = { OppositeInterfaceOwnerId: lab.emulator.settings.accountId };
    lab.point(a, b, routerB, owner);
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('400 IncorrectOppositeInterfaceInfo.NotSet');
    lab.point(b, a, routerA, owner);
    expect(lab.on(a, 'ConnectRouterInterface')).toBe('200');
  });

  test('defaultName=id', () => {
    const lab = new Lab({ profile: 'defaultName=id' });
    const id = lab.create(lab.router());
    expect(lab.item(id)['Name']).toBe(id);
  });

  test('extraSpecs=accept', () => {
    const lab = new Lab({ profile: 'extraSpecs=accept,bandwidth=decimal' });
    const router = lab.router();
    const sizes = ['Middle.9', 'Large.1.5', 'Large.4.5', 'Xlarge.10'].map(
      (Spec) => lab.item(lab.create(router, { Spec }))['Bandwidth'],
    );
    expect(sizes).toEqual([900, 1500, 4500, 100_000]);
    expect(new Lab().create(router, { Spec: 'Middle.9' })).toBe('InvalidSpec.ValudNotSupported');
  });

  test.each([
    ['ignore', '200'],
    ['refuse', '400 Parameter.Illegal'],
  ])('malformedFilter=%s', (value, expected) => {
    const lab = new Lab({ profile: `malformedFilter=${value}` });
    lab.ends();
    expect(lab.code('DescribeRouterInterfaces', { 'Filter.1.Value.1': 'ri-x' })).toBe(expected);
    expect(lab.code('DescribeRouterInterfaces', { 'Filter.1.Key': 'Status' })).toBe(expected);
    expect(
      lab.code('DescribeRouterInterfaces', { 'Filter.1.Key': 'Status', 'Filter.1.Value': '["Idle"]' }),
    ).toBe(expected);
  });
});
