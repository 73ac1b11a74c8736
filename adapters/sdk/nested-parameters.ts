/** A parameter as client libraries take it: `Filter.1.Value.2` is the second of a list in a list. */
export type Nested = string | readonly Nested[] | NestedObject;
export interface NestedObject {
  readonly [name: string]: Nested;
}

type Branch = Map<string, Branch | string>;

function branchOf(params: Readonly<Record<string, string>>, root: string): Branch | undefined {
  const tree: Branch = new Map();
  for (const name in params) {
    const steps = name.split('.');
    if (steps[0] !== root) continue;
    let at = tree;
    for (const step of steps.slice(1, -1)) {
      const next = at.get(step) ?? new Map<string, Branch | string>();
      if (typeof next === 'string') return undefined;
      at.set(step, next);
      at = next;
    }
    const last = steps.at(-1) ?? '';
    if (at.has(last)) return undefined;
    at.set(last, params[name] ?? '');
  }
  return tree;
}

/** A list when its names are 1, 2, … without a gap, an object when none is a number, else nothing. */
function build(branch: Branch | string): Nested | undefined {
  if (typeof branch === 'string') return branch;
  const built = [...branch].map(([name, value]) => [name, build(value)] as const);
  if (built.some(([name, value]) => value === undefined || name === '')) return undefined;
  const names = new Set(built.map(([name]) => name));
  const listed = built.map((_, index) => String(index + 1));
  if (listed.every((index) => names.has(index))) {
    return listed.map((index) => built.find(([name]) => name === index)?.[1] as Nested);
  }
  if (built.some(([name]) => /^\d+$/.test(name))) return undefined;
  return Object.fromEntries(built) as NestedObject;
}

/**
 * Returns flat wire parameters as lists and objects, by their first name. What has no such form, as a list
 * with a gap, is left out and named in `flat`: flattening the rest again gives all other parameters.
 */
export function nestParameters(params: Readonly<Record<string, string>>): {
  readonly nested: NestedObject;
  readonly flat: Readonly<Record<string, string>>;
} {
  const nested: Record<string, Nested> = {};
  const flat: Record<string, string> = {};
  for (const root of new Set(Object.keys(params).map((name) => name.split('.', 1)[0] ?? ''))) {
    const names = Object.keys(params).filter((name) => name === root || name.startsWith(`${root}.`));
    const plain = names.length === 1 && names[0] === root ? params[root] : undefined;
    const mixed = plain === undefined && names.includes(root);
    const branch = plain === undefined && !mixed ? branchOf(params, root) : undefined;
    const value = plain ?? (branch === undefined ? undefined : build(branch));
    if (value !== undefined) nested[root] = value;
    else for (const name of names) flat[name] = params[name] ?? '';
  }
  return { nested, flat };
}
