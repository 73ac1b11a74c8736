/** Keys that differ from answer to answer, or hold what does. */
const passing: ReadonlySet<string> = new Set(['RequestId', 'Recommend']);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.values(value).every(isNothing));

const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/**
 * Returns where two answers say different things, undefined where they say the same. XML tells neither
 * numbers from text nor a list of one from its member, and has no way to say "nothing": none of that counts.
 */
export function difference(one: unknown, other: unknown, path = ''): string | undefined {
  if (isNothing(one) && isNothing(other)) return undefined;
  if (Array.isArray(one) || Array.isArray(other)) {
    const [left, right] = [asList(one), asList(other)];
    if (left.length !== right.length)
      return `${path || 'the list'}: ${left.length} and ${right.length} members`;
    return first(left.map((each, at) => difference(each, right[at], `${path}[${at}]`)));
  }
  if (isObject(one) && isObject(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
      (name) => !passing.has(name),
    );
    return first(
      names.map((name) => difference(one[name], other[name], path === '' ? name : `${path}.${name}`)),
    );
  }
  if (!isObject(one) && !isObject(other) && text(one) === text(other)) return undefined;
  return `${path}: ${shorten(one)} and ${shorten(other)}`;
}

const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : isNothing(value) ? [] : [value];
const first = (all: readonly (string | undefined)[]): string | undefined =>
  all.find((each) => each !== undefined);
const shorten = (value: unknown): string => {
  const all = value === undefined ? 'nothing' : text(value);
  return all.length > 60 ? `${all.slice(0, 60)}…` : all;
};
