import { ExactNumber } from '../../adapters/exact-json.ts';

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return value instanceof ExactNumber ? 'number' : typeof value;
}

/** A scalar as a record may hold it: numbers and booleans by value, strings by type, as ids differ from run to run. */
function shown(value: unknown): string {
  const kind = kindOf(value);
  if (value instanceof ExactNumber) return `number ${value.digits}`;
  if (kind === 'number' || kind === 'boolean') return `${kind} ${String(value)}`;
  if (kind === 'string' && /^(?:|true|false|-?\d{1,30})$/i.test(String(value)))
    return `string "${String(value)}"`;
  return kind;
}

function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Big numbers come as objects of some library from some clients; their digits are what counts. */
function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (!isObject(value) || typeof value['toFixed'] !== 'function') return undefined;
  return (value as { toFixed(): string }).toFixed();
}

function compare(path: string, wire: unknown, caller: unknown, found: Set<string>): void {
  if (wire instanceof ExactNumber) {
    const digits = digitsOf(caller);
    if (digits === wire.digits) return;
    found.add(`${path}: ${shown(wire)} -> ${digits === undefined ? shown(caller) : `number ${digits}`}`);
    return;
  }
  if (Array.isArray(wire) && Array.isArray(caller)) {
    if (wire.length !== caller.length) found.add(`${path}: ${wire.length} items -> ${caller.length} items`);
    for (const [index, item] of wire.entries())
      if (index < caller.length) compare(`${path}[]`, item, caller[index], found);
    return;
  }
  if (isObject(wire) && isObject(caller)) {
    for (const name of new Set([...Object.keys(wire), ...Object.keys(caller)])) {
      const here = at(path, name);
      if (!Object.hasOwn(caller, name) || caller[name] === undefined) found.add(`${here}: dropped`);
      else if (!Object.hasOwn(wire, name)) found.add(`${here}: added, ${shown(caller[name])}`);
      else compare(here, wire[name], caller[name], found);
    }
    return;
  }
  if (Object.is(wire, caller)) return;
  const [before, after] = [shown(wire), shown(caller)];
  found.add(`${path === '' ? 'body' : path}: ${before} -> ${before === after ? 'another value' : after}`);
}

/**
 * Returns how what a caller got differs from what was on the wire, sorted: fields dropped or added, types
 * coerced, digits lost. The items of a list are one path, `Set.Item[].Field`. Nothing when they are equal.
 */
export function bodyDifferences(wire: unknown, caller: unknown): readonly string[] {
  const found = new Set<string>();
  compare('', wire, caller, found);
  return [...found].toSorted();
}
