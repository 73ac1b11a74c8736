import { describe, expect, test } from 'vitest';
import { acceptorItem, finding, found, item, Transcript } from '../testing/transcript.ts';

const conforms = { kind: 'conforms' };
const a = { RouterInterfaceId: 'ri-a' };

describe('after a divergence', () => {
  test('a call wrongly accepted is not held against what follows from it', () => {
    const t = new Transcript();
    t.pair();
    expect(found(t.ok('DeleteRouterInterface', a))).toEqual([['accepted', ['R56']]]);
    expect(t.list(t.both('Active', 'Active').slice(1))).toEqual(conforms);
    expect(t.refuse('DeactivateRouterInterface', a, 404, 'InvalidRouterInterfaceId.NotFound')).toEqual(
      conforms,
    );
  });

  test('nor against what does not follow from it', () => {
    const t = new Transcript();
    t.pair();
    expect(found(t.ok('DeleteRouterInterface', a))).toEqual([['accepted', ['R56']]]);
    expect(t.list(t.both('Active', 'Active'))).toEqual(conforms);
    expect(t.ok('DeactivateRouterInterface', a)).toEqual(conforms);
  });

  test('what is seen next is believed, and judged by from then on', () => {
    const t = new Transcript();
    t.create('ri-a');
    expect(found(t.list([item('ri-a', { Spec: 'Large.1', Bandwidth: 1000 })]))).toEqual([
      ['field', ['R10']],
      ['field', ['R31']],
    ]);
    expect(t.list([item('ri-a', { Spec: 'Large.1', Bandwidth: 1000 })])).toEqual(conforms);
    expect(found(t.list([item('ri-a', { Spec: 'Large.2', Bandwidth: 2000 })]))).toEqual([
      ['field', ['P1']],
      ['field', ['P1']],
    ]);
  });

  test('a wrong value is told once, and what else is wrong is told beside it', () => {
    const t = new Transcript();
    t.create('ri-a');
    const wrong = { Status: 'idle', Bandwidth: 7 };
    expect(found(t.list([item('ri-a', wrong)]))).toEqual([
      ['field', ['R83']],
      ['field', ['R31']],
    ]);
    expect(t.list([item('ri-a', wrong)])).toEqual(conforms);
    expect(found(t.list([item('ri-a', { ...wrong, Name: 'x' })]))).toEqual([['field', ['P1']]]);
  });

  test('a status that was not expected is believed from then on, or the one before it', () => {
    const t = new Transcript();
    t.create('ri-a');
    expect(found(t.list([item('ri-a', { Status: 'Inactive' })]))).toEqual([
      ['field', ['R13', 'R14', 'R29', 'R30']],
    ]);
    expect(t.list([item('ri-a', { Status: 'Inactive' })])).toEqual(conforms);
    expect(t.ok('DeleteRouterInterface', a)).toEqual(conforms);
  });

  test('what was made without telling its id is known once the program speaks of it', () => {
    const t = new Transcript();
    expect(found(t.create(''))).toEqual([['field', ['R14']]]);
    expect(t.list([item('ri-a')])).toEqual(conforms);
    expect(found(t.list([item('ri-a', { Status: 'Active' })]))).toEqual([['field', ['P1']]]);
  });

  test('the rest goes on being judged', () => {
    const t = new Transcript();
    t.create('ri-a');
    t.create('ri-z', { RouterId: 'vrt-2' });
    const z = (changes = {}) => item('ri-z', { RouterId: 'vrt-2', ...changes });
    expect(found(t.list([item('ri-a', { Role: 'AcceptingSide' }), z()]))).toEqual([['field', ['R16']]]);
    expect(found(t.list([item('ri-a'), z({ Name: 'x' })]))).toEqual([['field', ['P1']]]);
  });

  test('an interface that nobody is known to have made is taken in', () => {
    const t = new Transcript();
    t.create('ri-a');
    const stranger = acceptorItem('ri-z');
    expect(found(t.list([item('ri-a'), stranger]))).toEqual([['field', ['R44', 'R32']]]);
    expect(t.list([item('ri-a'), stranger])).toEqual(conforms);
    expect(found(t.list([item('ri-a')]))).not.toEqual('conforms');
  });

  test('an interface made although it must not be is taken in too', () => {
    const t = new Transcript();
    expect(found(t.create('ri-a', { Role: 'Both' }))).toEqual([['accepted', ['R9']]]);
    expect(t.list([item('ri-a', { Role: 'Both' })])).toEqual(conforms);
    expect(t.ok('DeleteRouterInterface', a)).toEqual(conforms);
  });

  test('a refusal with a wrong code changed nothing', () => {
    const t = new Transcript();
    t.pair();
    expect(found(t.refuse('ActivateRouterInterface', a, 400, 'Nonsense'))).toEqual([['code', ['R45']]]);
    expect(t.list(t.both('Active', 'Active'))).toEqual(conforms);
    expect(found(t.list(t.both('Inactive', 'Active')))).toEqual([['field', ['P1']]]);
  });

  test('nothing is said of what the target chooses where the documents are silent', () => {
    const t = new Transcript();
    t.create('ri-a');
    t.list([item('ri-a', { Role: 'x' })]);
    t.ok('ModifyRouterInterfaceAttribute', { ...a, OppositeRouterId: 'vrt-2' });
    t.judge.finish();
    expect(t.evidence.choices.size).toBe(0);
  });
});

describe('a peer that was told of by either end', () => {
  test('is in doubt as well after a call that must not have been accepted', () => {
    const t = new Transcript();
    t.couple();
    expect(found(t.ok('DeactivateRouterInterface', a))).toEqual([['accepted', ['R51']]]);
    expect(t.list(t.both('Inactive', 'Deactivating'))).toEqual(conforms);
  });
});

describe('reads that lag', () => {
  const renamed = (t: Transcript): void => {
    t.create('ri-a', { Name: 'old' });
    t.list([item('ri-a', { Name: 'old' })]);
    t.ok('ModifyRouterInterfaceAttribute', { ...a, Name: 'new' });
  };

  test('are explained from the start, and told', () => {
    const t = Transcript.lagging();
    renamed(t);
    expect(t.list([item('ri-a', { Name: 'old' })])).toEqual(conforms);
    expect(t.list([item('ri-a', { Name: 'new' })])).toEqual(conforms);
    expect(t.list([item('ri-a', { Name: 'old' })])).toEqual(conforms);
    t.judge.finish();
    expect(t.evidence.choices.get('reads')?.has('lagging')).toBe(true);
  });

  test('explain a refusal that came as a surprise only because of them', () => {
    // The clock stands still: what follows late does not do so now (A7).
    const t = Transcript.lagging({ clock: 'manual' });
    t.pair();
    t.ok('DeactivateRouterInterface', a);
    // Seen too early: the peer is frozen as well, it only does not show yet.
    expect(t.list(t.both('Deactivating', 'Active'))).toEqual(conforms);
    expect(t.judge.noticedLag).toBe(false);
    expect(
      t.refuse('DeactivateRouterInterface', { RouterInterfaceId: 'ri-b' }, 400, 'IncorrectStatus'),
    ).toEqual(conforms);
    expect(t.judge.noticedLag).toBe(true);
    t.wait();
    expect(t.list(t.both('Inactive', 'Inactive'))).toEqual(conforms);
  });

  test('diverge where they cannot lag', () => {
    const t = new Transcript();
    renamed(t);
    expect(found(t.list([item('ri-a', { Name: 'old' })]))).toEqual([['field', ['R72']]]);
  });

  test('diverge when they are older than the bound', () => {
    const t = Transcript.lagging();
    renamed(t);
    t.now += 501;
    expect(found(t.list([item('ri-a', { Name: 'old' })]))).toEqual([['field', ['R72']]]);
  });

  test('diverge with what was never true', () => {
    const t = Transcript.lagging();
    renamed(t);
    expect(found(t.list([item('ri-a', { Name: 'other' })]))).toEqual([['field', ['R72']]]);
  });

  test('are an excuse also where something else did not fit before, yet nothing that is told', () => {
    const t = Transcript.lagging();
    renamed(t);
    expect(found(t.refuse('ActivateRouterInterface', a, 400, 'Nonsense'))).toEqual([['code', ['R45']]]);
    expect(t.list([item('ri-a', { Name: 'old' })])).toEqual(conforms);
    expect(t.judge.noticedLag).toBe(false);
  });

  test('are no excuse for what no moment has shown', () => {
    const t = Transcript.lagging();
    renamed(t);
    expect(found(t.refuse('ActivateRouterInterface', a, 400, 'Nonsense'))).toEqual([['code', ['R45']]]);
    expect(finding(t.list([item('ri-a', { Name: 'other' })])).kind).toBe('field');
  });

  test('of an interface that has just been made may miss it', () => {
    const t = Transcript.lagging();
    t.create('ri-a');
    expect(t.list([])).toEqual(conforms);
    expect(t.attribute('ri-a', {})).toEqual(conforms);
    expect(t.attribute('ri-a', item('ri-a'))).toEqual(conforms);
  });

  test('known from elsewhere are no surprise', () => {
    const t = Transcript.lagging({ readsLag: true });
    renamed(t);
    expect(t.list([item('ri-a', { Name: 'old' })])).toEqual(conforms);
    expect(found(t.list([item('ri-a', { Name: 'other' })]))).toEqual([['field', ['R72']]]);
  });
});

describe('the belief', () => {
  test('forks where the documents leave a choice, and joins when it is seen', () => {
    const t = new Transcript();
    t.pair();
    t.ok('DeactivateRouterInterface', a);
    expect(t.judge.belief.map(({ choices }) => choices['A7'])).toEqual(['both', 'one', 'late']);
    t.list(t.both('Inactive', 'Active'));
    expect(t.judge.belief.map(({ choices }) => choices['A7'])).toEqual(['one', 'late']);
    t.wait();
    t.list(t.both('Inactive', 'Inactive'));
    expect(t.judge.belief.map(({ choices }) => choices['A7'])).toEqual(['late']);
  });

  test('leaves open what nobody looked at in between: a peer that went along at once, or later', () => {
    const t = new Transcript();
    t.pair();
    t.ok('DeactivateRouterInterface', a);
    t.wait();
    t.list(t.both('Inactive', 'Inactive'));
    expect(t.judge.belief.map(({ choices }) => choices['A7'])).toEqual(['both', 'late']);
    t.judge.finish();
    expect(t.evidence.choices.get('A7')).toEqual(new Map([['both or late', 1]]));
  });

  test('holds the target to what it chose', () => {
    const t = new Transcript();
    t.pair();
    t.ok('DeactivateRouterInterface', a);
    t.wait();
    t.list(t.both('Inactive', 'Inactive'));
    t.ok('ActivateRouterInterface', a);
    t.wait();
    expect(found(t.list(t.both('Active', 'Inactive')))).toContainEqual(['field', ['R54']]);
  });

  test('gives up when too much is unknown', () => {
    const t = new Transcript();
    const ids = Array.from({ length: 8 }, (_, index) => `ri-${index}`);
    for (const [index, id] of ids.entries()) t.create(id, { RouterId: index < 4 ? 'vrt-1' : 'vrt-2' });
    for (const id of ids) t.ok('DeleteRouterInterface', { RouterInterfaceId: id });
    // On its way out or gone already: each answer leaves both open.
    const again = (id: string) =>
      t.refuse('DeleteRouterInterface', { RouterInterfaceId: id }, 404, 'InvalidInstanceId.NotFound');
    for (const id of ids) expect(again(id)).toEqual(conforms);
    expect(t.judge.belief.length).toBeGreaterThan(128);
    expect(t.list([])).toEqual({
      kind: 'inconclusive',
      reason: 'more than 128 worlds explain what was seen',
    });
  });
});
