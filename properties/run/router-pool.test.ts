import { describe, expect, test } from 'vitest';
import type { Router } from '../../model/world.ts';
import { RouterPool, RoutersExhausted } from './router-pool.ts';

const routers = (...ids: string[]): Router[] => ids.map((id) => ({ id, regionId: 'cn-hangzhou' }));
const idsOf = (taken: readonly Router[]): string[] => taken.map(({ id }) => id);

/** What has come of some requests once everything that can happen by itself has happened. */
async function settledOf(requests: readonly Promise<Router[]>[]): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = requests.map(() => undefined);
  for (const [index, request] of requests.entries()) {
    void request.then(
      (taken) => (found[index] = idsOf(taken).join()),
      (error: unknown) => (found[index] = String(error)),
    );
  }
  await new Promise((resolve) => setImmediate(resolve));
  return found;
}

describe('A router pool', () => {
  test('hands out routers that nobody else has', async () => {
    const pool = new RouterPool(routers('a', 'b', 'c', 'd'));
    const [first, second] = await Promise.all([pool.take(2), pool.take(2)]);
    expect(new Set([...idsOf(first), ...idsOf(second)])).toEqual(new Set(['a', 'b', 'c', 'd']));
  });

  test('keeps a request waiting until enough routers are given back', async () => {
    const pool = new RouterPool(routers('a', 'b', 'c'));
    const first = await pool.take(2);
    const second = pool.take(2);
    expect(await settledOf([second])).toEqual([undefined]);
    pool.give(first);
    expect((await second).length).toBe(2);
  });

  test('hands out the very routers that are wanted, when they are free', async () => {
    const pool = new RouterPool(routers('a', 'b', 'c'));
    const first = await pool.take(2, ['c', 'a']);
    expect(idsOf(first)).toEqual(['c', 'a']);
    const second = pool.take(1, ['a']);
    expect(await settledOf([second])).toEqual([undefined]);
    pool.give(first);
    expect(idsOf(await second)).toEqual(['a']);
  });

  test('refuses wanted routers that are not there and will not come', async () => {
    const pool = new RouterPool(routers('a', 'b', 'c'));
    const first = await pool.take(1);
    const second = pool.take(1, ['x']);
    expect(await settledOf([second])).toEqual([undefined]); // it may still be put in the place of what is out
    pool.give(first);
    await expect(second).rejects.toBeInstanceOf(RoutersExhausted);
    await expect(pool.take(2, [])).rejects.toBeInstanceOf(RoutersExhausted);
  });

  test('serves who came first, also when a later request would fit', async () => {
    const pool = new RouterPool(routers('a', 'b', 'c'));
    const all = await pool.take(3);
    const big = pool.take(3);
    const small = pool.take(1);
    pool.give(all.slice(0, 1));
    expect(await settledOf([big, small])).toEqual([undefined, undefined]);
    pool.give(all.slice(1));
    expect(idsOf(await big).length).toBe(3);
    expect(await settledOf([small])).toEqual([undefined]);
  });

  test('goes on with another router in the place of a retired one', async () => {
    const pool = new RouterPool(routers('a', 'b'));
    await pool.take(2);
    pool.retire(routers('c')[0]);
    pool.retire(routers('d')[0]);
    expect(idsOf(await pool.take(2))).toEqual(['c', 'd']);
    expect(pool.size).toBe(2);
  });

  test('refuses requests that it can never serve any more, those that wait included', async () => {
    const pool = new RouterPool(routers('a', 'b'));
    await pool.take(2);
    const waiting = pool.take(2);
    pool.retire(undefined);
    await expect(waiting).rejects.toThrow(RoutersExhausted);
    await expect(waiting).rejects.toThrow('Only 1 clean router is left: the others hold interfaces');
    pool.retire(undefined);
    await expect(pool.take(1)).rejects.toThrow('Only 0 clean routers are left');
    expect(pool.size).toBe(0);
  });

  test('serves the next in line when the first is refused', async () => {
    const pool = new RouterPool(routers('a', 'b', 'c'));
    await pool.take(3);
    const tooBig = pool.take(3);
    const fits = pool.take(1);
    pool.retire(undefined);
    pool.give(routers('b'));
    await expect(tooBig).rejects.toThrow(RoutersExhausted);
    expect(idsOf(await fits)).toEqual(['b']);
  });

  test('starts over with other routers', async () => {
    const pool = new RouterPool(routers('a', 'b'));
    await pool.take(2);
    pool.retire(undefined);
    pool.retire(undefined);
    pool.refill(routers('x', 'y', 'z'));
    expect(pool.size).toBe(3);
    expect(idsOf(await pool.take(3))).toEqual(['x', 'y', 'z']);
  });
});
