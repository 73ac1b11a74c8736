import { describe, expect, test } from 'vitest';
import type { Observation } from '../../model/vocabulary.ts';
import { regionId } from '../testing/campaigns.ts';
import { answer, refusal, scripted } from '../testing/targets.ts';
import { interfacesOn, isPending, succeed } from './list.ts';

const item = (id: string, RouterId = 'vrt-1', Status = 'Idle') => ({
  RouterInterfaceId: id,
  RouterId,
  Status,
});
const page = (items: readonly unknown[], TotalCount: unknown = items.length): Observation =>
  answer({ TotalCount, RouterInterfaceSet: { RouterInterfaceType: items } });
const ten = (from: number) => Array.from({ length: 10 }, (_, index) => item(`ri-${from + index}`));

async function listed(
  ...pages: readonly Observation[]
): Promise<{ ids: string[] | undefined; asked: number }> {
  const { target, calls } = scripted(...pages);
  const found = await interfacesOn(target, regionId, ['vrt-1', 'vrt-2']);
  return { ids: found?.map(({ id }) => id), asked: calls.length };
}

describe('Listing interfaces for the harness itself', () => {
  test('walks the pages until all are seen', async () => {
    const { ids, asked } = await listed(page(ten(0), 23), page(ten(10), 23), page([item('ri-20')], 23));
    expect(ids).toHaveLength(21);
    expect(asked).toBe(3);
  });

  test('asks once when one page is all', async () => {
    expect(await listed(page([item('ri-1')]))).toEqual({ ids: ['ri-1'], asked: 1 });
    expect(await listed(page([]))).toEqual({ ids: [], asked: 1 });
  });

  test('does not follow a target that never stops listing', async () => {
    const { asked } = await listed(...Array.from({ length: 9 }, (_, index) => page(ten(index * 10), 10_000)));
    expect(asked).toBe(5);
  });

  test('takes a list without a count for complete', async () => {
    expect((await listed(page(ten(0), undefined))).asked).toBe(1);
  });

  test('leaves out interfaces of other routers, and what is no interface', async () => {
    const { ids } = await listed(page([item('ri-1', 'vrt-9'), null, 'text', item('ri-2', 'vrt-2')]));
    expect(ids).toEqual(['ri-2']);
  });

  test('knows nothing when the first page is no list, and what it knows when a later one is not', async () => {
    expect((await listed(refusal('InternalError', 500))).ids).toBeUndefined();
    expect((await listed(answer({ RouterInterfaceSet: {} }))).ids).toBeUndefined();
    expect((await listed(page(ten(0), 12), refusal('InternalError', 500))).ids).toHaveLength(10);
  });

  test('names at most five routers in a filter', async () => {
    const { target, calls } = scripted(page([]));
    await interfacesOn(target, regionId, ['1', '2', '3', '4', '5', '6']);
    expect(calls[0]?.params).toMatchObject({ 'Filter.1.Value.5': '5' });
    expect(calls[0]?.params).not.toHaveProperty('Filter.1.Value.6');
  });

  test.each([
    ['Connecting', true],
    ['AcceptingConnecting', true],
    ['Activating', true],
    ['Modifying', true],
    ['Deactivating', true],
    ['Deleting', true],
    ['Idle', false],
    ['Active', false],
    ['Inactive', false],
  ])('counts %s as pending: %s', (status, pending) => {
    expect(isPending({ id: 'ri-1', status })).toBe(pending);
  });
});

describe('A call of the harness itself', () => {
  test.each<readonly [string, Observation, string]>([
    ['unreachable', { kind: 'unreachable', cause: 'refused' }, 'refused'],
    ['silence', { kind: 'silence', afterMs: 7 }, 'X was not answered within 7 ms'],
    ['indeterminate', { kind: 'indeterminate', cause: 'reset' }, 'X: reset'],
    ['', { kind: 'answer', status: 500 }, 'X was answered HTTP 500 no body'],
    ['', { kind: 'answer', status: 200, defect: '<html>' }, 'X was answered HTTP 200 <html>'],
    ['Busy', refusal('Busy', 409, 'Later.'), 'X was answered HTTP 409 Busy: Later.'],
    ['Busy', refusal('Busy', 409, 'x'.repeat(301)), `X was answered HTTP 409 Busy: ${'x'.repeat(300)}…`],
    [
      '',
      { kind: 'answer', status: 999, body: { RequestId: 'r' } },
      'X was answered HTTP 999 with a body that has no Code',
    ],
  ])('tells what came instead of a success: "%s"', async (code, observation, problem) => {
    const { target } = scripted(observation);
    expect(await succeed(target, 'X', {})).toEqual({ body: undefined, code, problem });
  });

  test('gives the body of a success', async () => {
    const { target } = scripted(answer({ A: 1 }, 201));
    expect(await succeed(target, 'X', {})).toEqual({ body: { RequestId: 'request-1', A: 1 } });
  });
});
