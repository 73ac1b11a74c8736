import { isDeepStrictEqual } from 'node:util';
import type { Answer, Observation } from '../../model/vocabulary.ts';
import { comparable, inShort } from './comparable.ts';

/** In what two answers to the same command differ; the most telling thing only. */
export interface AnswerDifference {
  readonly kind:
    /** One answered, the other did not. */
    | 'answer'
    /** One accepted, the other refused. */
    | 'outcome'
    | 'code'
    | 'status'
    | 'field'
    | 'order'
    | 'message';
  /** What of it is the same whenever it is met: codes, the path of a field. */
  readonly detail: string;
  readonly a: string;
  readonly b: string;
}

type Names = ReadonlyMap<string, string>;
const succeeded = ({ status }: Answer): boolean => status >= 200 && status < 300;

/**
 * Returns in what the answers differ once ids are replaced by their names; undefined when in nothing. Of
 * lists that are `accountWide` only those interfaces are compared that both of them show.
 */
export function answerDifference(
  a: Observation | undefined,
  b: Observation | undefined,
  namesA: Names,
  namesB: Names,
  accountWide = false,
): AnswerDifference | undefined {
  const [shortA, shortB] = [inShort(a), inShort(b)];
  if (a?.kind !== 'answer' || b?.kind !== 'answer') {
    if (a?.kind === b?.kind) return undefined;
    return { kind: 'answer', detail: `${a?.kind}/${b?.kind}`, a: shortA, b: shortB };
  }
  const detail = `${shortA}/${shortB}`;
  if (succeeded(a) !== succeeded(b)) return { kind: 'outcome', detail, a: shortA, b: shortB };
  if (a.body?.['Code'] !== b.body?.['Code'] && !succeeded(a))
    return { kind: 'code', detail, a: shortA, b: shortB };
  if (a.status !== b.status) return { kind: 'status', detail, a: shortA, b: shortB };
  if ((a.body === undefined) !== (b.body === undefined)) {
    const shown = ({ body, defect }: Answer): string => (body === undefined ? (defect ?? 'no body') : 'JSON');
    return { kind: 'field', detail: 'body', a: shown(a), b: shown(b) };
  }
  const [bodyA, bodyB] = [comparable(a.body, namesA), comparable(b.body, namesB)];
  return accountWide
    ? bodyDifference(onlyShared(bodyA, bodyB), onlyShared(bodyB, bodyA))
    : bodyDifference(bodyA, bodyB);
}

type List = readonly Readonly<Record<string, unknown>>[];

function itemsOf(body: unknown): List {
  const set = (body as Readonly<Record<string, unknown>>)['RouterInterfaceSet'];
  const list: unknown =
    typeof set === 'object' && set !== null ? Reflect.get(set, 'RouterInterfaceType') : undefined;
  return Array.isArray(list) ? (list as List) : [];
}

/** The body of a list with those interfaces only that have a name of ours and that `other` shows as well. */
function onlyShared(body: unknown, other: unknown): unknown {
  const there = new Set(itemsOf(other).map(idIn));
  const ours = itemsOf(body).filter((each) => {
    const id = idIn(each);
    return id?.startsWith('<') === true && there.has(id);
  });
  return {
    ...(body as object),
    TotalCount: '<count>',
    RouterInterfaceSet: { RouterInterfaceType: ours },
  };
}

interface Leaf {
  readonly path: string;
  readonly a: unknown;
  readonly b: unknown;
}

function bodyDifference(a: unknown, b: unknown): AnswerDifference | undefined {
  if (isDeepStrictEqual(a, b)) return undefined;
  const [sortedA, sortedB] = [inOrder(a), inOrder(b)];
  const leaves = [...differing(sortedA, sortedB, '')];
  // What a status shows explains most of what else differs beside it; words explain nothing.
  const first =
    leaves.find(({ path }) => path.endsWith('.Status')) ??
    leaves.find(({ path }) => path !== 'Message') ??
    leaves[0];
  if (first === undefined) return { kind: 'order', detail: '', a: 'one order', b: 'another order' };
  const { path } = first;
  const shown = (value: unknown): string =>
    `${path} ${value === undefined ? 'absent' : JSON.stringify(value).slice(0, 200)}`;
  const sides = { a: shown(first.a), b: shown(first.b) };
  if (path === 'Message') return { kind: 'message', detail: '', ...sides };
  const values = path.endsWith('.Status') ? `${String(first.a)}/${String(first.b)}` : shape(first);
  return { kind: 'field', detail: `${path}|${values}`, ...sides };
}

function shape({ a, b }: Leaf): string {
  const of = (value: unknown): string =>
    value === undefined ? 'absent' : Array.isArray(value) ? 'list' : value === '' ? 'empty' : typeof value;
  const [left, right] = [of(a), of(b)];
  return left === right ? 'value' : `${left}/${right}`;
}

const idIn = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const id: unknown = Reflect.get(value, 'RouterInterfaceId');
  return typeof id === 'string' ? id : undefined;
};

/** The same value with its lists of interfaces in one order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(inOrder);
    if (!items.every((each) => idIn(each) !== undefined)) return items;
    return items.toSorted((a, b) => String(idIn(a)).localeCompare(String(idIn(b))));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inOrder(each)]));
}

function* differing(a: unknown, b: unknown, path: string): Generator<Leaf> {
  if (isDeepStrictEqual(a, b)) return;
  if (Array.isArray(a) && Array.isArray(b)) {
    const ids = (list: readonly unknown[]): string =>
      list.map((each, index) => idIn(each) ?? index).join(', ');
    if (ids(a) !== ids(b)) yield { path: `${path}[]`, a: ids(a), b: ids(b) };
    else for (const [index, each] of a.entries()) yield* differing(each, b[index], `${path}[]`);
    return;
  }
  const objects = [a, b].every((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
  if (!objects) {
    yield { path, a, b };
    return;
  }
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)]))
    yield* differing(left[name], right[name], path === '' ? name : `${path}.${name}`);
}
