import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, createArgs, named, ri, tables, world } from './testing/worlds.ts';
import { replays, requestOf, withToken } from './tokens.ts';
import { Collector } from './violations/collect.ts';
import type { Token, World } from './world.ts';

const create = 'CreateRouterInterface';
const args = { ...createArgs, ClientToken: 't' };
const token: Token = {
  operation: create,
  token: 't',
  request: requestOf(args),
  accepted: true,
  made: 'ri-a',
};

function looked(before: World, sent: Readonly<Record<string, string>> = args, operation: string = create) {
  const found = new Collector(tables, 'CREATE');
  const { repeats } = replays(found, before, operation, sent);
  return { ...named('CREATE', found), repeats };
}

describe('requestOf', () => {
  test('is the same whatever the order and the token, and differs with any value', () => {
    const request = fc.dictionary(fc.string(), fc.string(), { maxKeys: 6 });
    fc.assert(
      fc.property(request, fc.string(), (sent, value) => {
        const reversed = Object.fromEntries(Object.entries(sent).toReversed());
        expect(requestOf({ ...reversed, ClientToken: value })).toBe(
          requestOf({ ...sent, ClientToken: 'other' }),
        );
        expect(requestOf({ ...sent, Name: `${sent['Name']}${value}!` })).not.toBe(requestOf(sent));
      }),
    );
  });
});

describe('a ClientToken', () => {
  const made = world([ri('ri-a')], { tokens: [token] });

  test('that is absent, empty or new repeats nothing', () => {
    for (const sent of [createArgs, { ...args, ClientToken: '' }, { ...args, ClientToken: 'new' }])
      expect(looked(made, sent)).toEqual({ must: [], may: [], repeats: undefined });
  });

  test('with the same request once more must not do the work twice (R32)', () => {
    expect(looked(made)).toEqual({ must: ['R32'], may: [], repeats: token });
  });

  test('with another request may be refused, repeated or done', () => {
    expect(looked(made, { ...args, Name: 'other' })).toEqual({ must: [], may: ['R32'], repeats: token });
  });

  test('of another operation repeats nothing of that one', () => {
    expect(looked(made, args, 'DeleteRouterInterface')).toEqual({
      must: [],
      may: ['R32'],
      repeats: undefined,
    });
  });

  test('of a request that was refused may be done now', () => {
    const refused = world([], { tokens: [{ ...token, accepted: false }] });
    expect(looked(refused)).toEqual({ must: [], may: ['R32'], repeats: undefined });
  });

  test('may make anew what was made and deleted since', () => {
    const deleted = ri('ri-a', { states: at('gone'), cause: { event: 'DELETE', rules: ['R59'] } });
    expect(looked(world([deleted], { tokens: [token] }))).toEqual({ must: [], may: ['R32'], repeats: token });
    expect(looked(world([], { tokens: [token] })).must).toEqual([]);
  });

  test('that made nothing stays certain', () => {
    const { made: _made, ...plain } = token;
    expect(looked(world([], { tokens: [plain] })).must).toEqual(['R32']);
  });

  test('is looked up as it was used last', () => {
    const tokens = [token, { ...token, accepted: false }];
    expect(looked(world([ri('ri-a')], { tokens })).repeats).toBeUndefined();
  });
});

describe('withToken', () => {
  test('remembers what came of a request, and what it made', () => {
    expect(withToken(world([]), create, args, true, 'ri-a').tokens).toEqual([token]);
    expect(withToken(world([]), create, args, false).tokens).toEqual([
      { operation: create, token: 't', request: requestOf(args), accepted: false },
    ]);
  });

  test('remembers nothing of a request without one', () => {
    const before = world([]);
    expect(withToken(before, create, createArgs, true, 'ri-a')).toBe(before);
    expect(withToken(before, create, { ...args, ClientToken: '' }, true)).toBe(before);
  });
});
