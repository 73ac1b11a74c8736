import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyChange } from './describe/blame.ts';
import type { Permitted } from './permitted.ts';
import { anyCall, anyWorld } from './testing/random-world.ts';
import { ask, deepFreeze, tables } from './testing/worlds.ts';
import type { World } from './world.ts';

/** What must hold in every world, however it came about, for every call, however senseless. */

const runs = { numRuns: 2000, seed: 5 };
const body = { RouterInterfaceId: 'ri-new' };
const plain = (permits: Permitted): unknown =>
  permits.outcomes.map((outcome) => ({ ...outcome, worlds: permits.next(outcome, body) }));

/** A world without what a refusal may teach: the states that are possible, and that it happened. */
const unknowing = ({ tokens: _tokens, ...rest }: World): unknown => ({
  ...rest,
  interfaces: rest.interfaces.map(({ states: _states, news: _news, earlier: _earlier, ...each }) => each),
});

describe('permitted', () => {
  test('is total: every call has an outcome in every world', () => {
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        const permits = ask(world, call);
        expect(permits.outcomes.length).toBeGreaterThan(0);
        for (const outcome of permits.outcomes) expect(permits.next(outcome, body).length).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  test('is a function: the same world and call have the same outcomes', () => {
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        expect(plain(ask(structuredClone(world), structuredClone(call)))).toEqual(plain(ask(world, call)));
      }),
      { ...runs, numRuns: 500 },
    );
  });

  test('never touches the world or the call that it is asked about', () => {
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        deepFreeze(world);
        deepFreeze(call);
        const permits = ask(world, call);
        for (const outcome of permits.outcomes) permits.next(outcome, deepFreeze({ ...body }));
      }),
      runs,
    );
  });

  test('lets no call be both refused for certain and accepted from the same state', () => {
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        const { outcomes, subject } = ask(world, call);
        if (subject?.trusted === false) return; // nothing is certain of it
        // A refusal of one of several possible states is certain there, and nowhere else.
        const barred = outcomes.reduce(
          (set, { kind, may, from }) => (kind === 'refusal' && may === undefined ? set | from : set),
          0,
        );
        const mays = ask(world, call).violations.may;
        for (const { kind, from } of outcomes) {
          if (kind === 'success' && mays === 0) expect(from & barred).toBe(0);
        }
      }),
      runs,
    );
  });

  test('names rules and transitions for every outcome, and a place that the call can come from', () => {
    const known = new Set(tables.rows.map(({ id }) => id));
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        for (const { rules, transitions, from, kind } of ask(world, call).outcomes) {
          expect(rules.length).toBeGreaterThan(0);
          for (const id of transitions) expect(known).toContain(id);
          expect(from & ~tables.all).toBe(0);
          if (kind === 'success') expect(from).not.toBe(0);
        }
      }),
      runs,
    );
  });
});

describe('a refusal', () => {
  test('leaves everything as it was but what is known of the status and the tokens (R44)', () => {
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        const permits = ask(world, call);
        const { outcomes, subject } = permits;
        for (const outcome of outcomes) {
          if (outcome.kind !== 'refusal') continue;
          const worlds = permits.next(outcome, {});
          expect(worlds).toHaveLength(1);
          const [after] = worlds;
          if (after === undefined) return;
          expect(unknowing(after)).toEqual(unknowing(world));
          expect(after.tokens.slice(0, world.tokens.length)).toEqual(world.tokens);
          for (const [index, each] of after.interfaces.entries()) {
            const old = world.interfaces[index];
            if (each.id !== subject?.id) expect(each).toBe(old);
            else if (old?.trusted === true) expect(each.states & ~tables.closure(old.states)).toBe(0);
          }
        }
      }),
      runs,
    );
  });
});

describe('a success', () => {
  test('of a read changes nothing but what is known', () => {
    const read = anyCall.filter(({ operation }) => operation.startsWith('Describe'));
    fc.assert(
      fc.property(anyWorld, read, (world, call) => {
        const permits = ask(world, call);
        for (const outcome of permits.outcomes)
          for (const after of permits.next(outcome, {})) {
            expect(after.tokens.slice(0, world.tokens.length)).toEqual(world.tokens);
            expect(after.interfaces.map(({ id }) => id)).toEqual(world.interfaces.map(({ id }) => id));
          }
      }),
      runs,
    );
  });

  test('leaves interfaces that are neither its own nor linked to it alone', () => {
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        const permits = ask(world, call);
        const { outcomes, subject } = permits;
        const touched = new Set([subject?.id, subject?.link, subject?.opposite.interfaceId]);
        for (const outcome of outcomes)
          for (const after of permits.next(outcome, body))
            for (const each of world.interfaces)
              if (!touched.has(each.id) && outcome.kind === 'success')
                expect(after.interfaces).toContain(each);
      }),
      runs,
    );
  });

  test('leads to few worlds, of which each rests on choices of its own', () => {
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        const permits = ask(world, call);
        for (const outcome of permits.outcomes) {
          const worlds = permits.next(outcome, body);
          expect(worlds.length).toBeLessThanOrEqual(8);
          expect(new Set(worlds.map(({ choices }) => JSON.stringify(choices))).size).toBe(worlds.length);
        }
      }),
      runs,
    );
  });

  test('puts what it changes under suspicion until it is seen', () => {
    fc.assert(
      fc.property(anyWorld, anyCall, (world, call) => {
        const permits = ask(world, call);
        const { outcomes, subject } = permits;
        if (call.operation.startsWith('Describe') || subject === undefined) return;
        for (const outcome of outcomes) {
          if (outcome.kind !== 'success') continue;
          for (const after of permits.next(outcome, body)) {
            const each = after.interfaces.find(({ id }) => id === subject.id);
            expect(each?.news).toBe(anyChange);
            expect(each?.cause.rules.length).toBeGreaterThan(0);
          }
        }
      }),
      { ...runs, numRuns: 1000 },
    );
  });
});
