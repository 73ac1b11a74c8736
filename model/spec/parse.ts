import type * as z from 'zod';

/** Parses a list of hand-written entries; a slip is reported as `list[id].field: what`. */
export function parseList<S extends z.ZodType>(
  list: string,
  schema: S,
  entries: readonly unknown[],
): readonly z.output<S>[] {
  const slips: string[] = [];
  const parsed: z.output<S>[] = [];
  for (const [index, entry] of entries.entries()) {
    const result = schema.safeParse(entry);
    if (result.success) parsed.push(deepFreeze(result.data));
    else
      for (const issue of result.error.issues)
        slips.push(`${where(list, index, entry, issue.path)}: ${issue.message}`);
  }
  if (slips.length > 0) throw new Error(`broken facts:\n  ${slips.join('\n  ')}`);
  return parsed;
}

function where(list: string, index: number, entry: unknown, path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${list}[${nameOf(entry) ?? index}]${steps}`;
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  for (const field of ['id', 'name', 'rule']) {
    const value: unknown = Reflect.get(entry, field);
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** The facts are shared by everything in the process: nobody may change them by accident. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach((inner) => deepFreeze(inner));
  }
  return value;
}
