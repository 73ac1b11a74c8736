import { describe, expect, test } from 'vitest';
import {
  acceptor,
  at,
  call,
  environment,
  introduced,
  linked,
  named,
  now,
  otherRegion,
  settleMs,
  tables,
  world,
} from '../testing/worlds.ts';
import { findInterface, type World } from '../world.ts';
import { requestOf } from '../tokens.ts';
import {
  activateViolations,
  deactivateViolations,
  deleteViolations,
  modifySpecViolations,
} from './lifecycle.ts';

const none = { must: [], may: [] };
type Args = Readonly<Record<string, string>>;

describe('an activation', () => {
  const activating = (before: World, args: Args = {}, when = now): ReturnType<typeof named> => {
    const sent = call('ActivateRouterInterface', 'ri-a', args).args;
    return named(
      'ACTIVATE',
      activateViolations(tables, before, sent, findInterface(before, sent['RouterInterfaceId']), when),
    );
  };

  test('violates nothing while the peer is there, or there never was one', () => {
    expect(activating(linked('Inactive.frozen', 'Active.linked'))).toEqual(none);
    expect(activating(introduced())).toEqual(none);
  });

  test('needs region and id', () => {
    expect(activating(linked('Inactive.frozen'), { RegionId: '', RouterInterfaceId: '' }).must).toEqual([
      'R1',
      'R2',
    ]);
    expect(activating(linked('Inactive.frozen'), { RegionId: otherRegion }).must).toEqual(['R6']);
  });

  test('may violate R50 once the peer is gone, as only the newest edition has that row', () => {
    const bereft = linked('Inactive.frozen', 'gone');
    expect(activating(bereft)).toEqual({ must: [], may: ['R50'] });
    expect(activating({ ...bereft, env: environment({ edition: 'E2024' }) })).toEqual({
      must: [],
      may: ['R50'],
    });
    expect(activating({ ...bereft, env: environment({ edition: 'E2026' }) })).toEqual({
      must: ['R50'],
      may: [],
    });
  });

  test('may violate R50 while the peer is leaving, even by the newest edition', () => {
    const env = environment({ edition: 'E2026' });
    const leaving = { ...linked('Inactive.frozen', 'Deleting', {}, { since: now }), env };
    expect(activating(leaving)).toEqual({ must: [], may: ['R50'] });
    expect(activating(leaving, {}, now + settleMs + 1)).toEqual({ must: ['R50'], may: [] });
  });
});

describe('a deactivation', () => {
  const deactivating = (args: Args): ReturnType<typeof named> => {
    const sent = call('DeactivateRouterInterface', 'ri-a', args).args;
    const before = linked();
    return named(
      'DEACTIVATE',
      deactivateViolations(tables, before, sent, findInterface(before, sent['RouterInterfaceId'])),
    );
  };

  test('needs the region and the id, and that they belong together', () => {
    expect(deactivating({})).toEqual(none);
    expect(deactivating({ RegionId: '' }).must).toEqual(['R1']);
    expect(deactivating({ RegionId: 'cn-nowhere' })).toEqual({ must: ['R3'], may: ['R6'] });
    expect(deactivating({ RouterInterfaceId: '' })).toEqual({ must: ['R2'], may: [] });
    expect(deactivating({ RegionId: otherRegion })).toEqual({ must: ['R6'], may: [] });
  });
});

describe('a deletion', () => {
  const deleting = (before: World, args: Args = {}, when = now): ReturnType<typeof named> => {
    const sent = call('DeleteRouterInterface', 'ri-a', args).args;
    return named(
      'DELETE',
      deleteViolations(tables, before, sent, findInterface(before, sent['RouterInterfaceId']), when),
    );
  };

  test('violates R57 while a route entry points at the interface, and at no other', () => {
    expect(deleting(introduced())).toEqual(none);
    expect(deleting({ ...introduced(), routes: [{ id: 'r', nextHop: 'ri-a' }] })).toEqual({
      must: ['R57'],
      may: [],
    });
    expect(deleting({ ...introduced(), routes: [{ id: 'r', nextHop: 'ri-b' }] })).toEqual(none);
  });

  test('may violate R57 as long as the route entry may linger', () => {
    const routes = [{ id: 'r', nextHop: 'ri-a', leavingSince: now }];
    expect(deleting({ ...introduced(), routes })).toEqual({ must: [], may: ['R57'] });
    expect(deleting({ ...introduced(), routes }, {}, now + settleMs)).toEqual({ must: [], may: ['R57'] });
    expect(deleting({ ...introduced(), routes }, {}, now + settleMs + 1)).toEqual(none);
  });

  test('of an unknown interface violates no route rule', () => {
    expect(
      deleting({ ...introduced(), routes: [{ id: 'r', nextHop: 'ri-a' }] }, { RouterInterfaceId: 'ri-x' }),
    ).toEqual(none);
  });

  test('under a token that deleted it before is a repetition', () => {
    const { args } = call('DeleteRouterInterface', 'ri-a', { ClientToken: 't' });
    const tokens = [
      { operation: 'DeleteRouterInterface', token: 't', request: requestOf(args), accepted: true },
    ];
    const found = deleteViolations(
      tables,
      { ...introduced(), tokens },
      args,
      introduced().interfaces[0],
      now,
    );
    expect(named('DELETE', found).must).toEqual(['R32']);
    expect(found.repeats).toBe(tokens[0]);
  });
});

describe('a change of specification', () => {
  const changing = (before: World, spec: string | undefined, args: Args = {}): ReturnType<typeof named> => {
    const sent = call('ModifyRouterInterfaceSpec', 'ri-a', {
      ...(spec === undefined ? {} : { Spec: spec }),
      ...args,
    }).args;
    return named(
      'MODIFY_SPEC',
      modifySpecViolations(tables, before, sent, findInterface(before, sent['RouterInterfaceId'])),
    );
  };

  test('to another bandwidth of a connected initiator violates nothing', () => {
    expect(changing(linked(), 'Large.2')).toEqual(none);
  });

  test('needs a Spec', () => {
    expect(changing(linked(), undefined)).toEqual({ must: ['P4'], may: [] });
    expect(changing(linked(), '')).toEqual({ must: ['P4'], may: [] });
  });

  test('to a Spec on no list violates R73, to one of the concept page it may', () => {
    expect(changing(linked(), 'Huge.1')).toEqual({ must: ['R73'], may: [] });
    expect(changing(linked(), 'Middle.4')).toEqual({ must: [], may: ['R73'] });
  });

  test('may violate R74 when Spec and role do not fit', () => {
    const accepting = linked('Active.linked', 'Active.linked', { role: 'AcceptingSide' });
    expect(changing(linked(), 'Negative').may).toEqual(['R74']);
    expect(changing(accepting, 'Mini.2').may).toEqual(['R74']);
    expect(changing(accepting, 'Negative')).toEqual(none);
    expect(changing(linked('Active.linked', 'Active.linked', { trusted: false }), 'Mini.2').may).toEqual([
      'R74',
    ]);
    expect(changing(linked(), 'Large.2', { RouterInterfaceId: 'ri-x' })).toEqual(none);
  });

  test('may violate R78 without a peer that is known to be there', () => {
    const alone = world(introduced().interfaces.slice(0, 1));
    expect(changing(alone, 'Large.2')).toEqual({ must: [], may: ['R78'] });
    for (const peer of [{ trusted: false }, { states: at('Deleting') }, { states: at('gone') }]) {
      expect(changing(linked('Active.linked', 'Active.linked', {}, peer), 'Large.2').may).toEqual(['R78']);
    }
    expect(changing(introduced(), 'Large.2')).toEqual(none);
  });

  test('under a used token may be a repetition', () => {
    const tokens = [
      { operation: 'ModifyRouterInterfaceSpec', token: 't', request: 'another', accepted: true },
    ];
    expect(changing({ ...linked(), tokens }, 'Large.2', { ClientToken: 't' }).may).toEqual(['R32']);
    expect(changing(world([acceptor()]), 'Large.2', { ClientToken: 't' })).toEqual(none);
  });
});
