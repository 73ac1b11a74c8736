/** One thing in an answer that no permitted world explains. */
export interface Mismatch {
  /** Where in the answer, e.g. `Status` or `TotalCount`. */
  readonly field: string;
  readonly rules: readonly string[];
  readonly expected: string;
  readonly observed: string;
  /** The interface it is about. */
  readonly interfaceId?: string;
}

/** A value of an answer as one short line, for people. */
export function show(value: unknown): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
