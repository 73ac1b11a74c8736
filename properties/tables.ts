import { compile, type Tables } from '../model/compile.ts';

let compiled: Tables | undefined;

/** The chart's tables, compiled once. */
export function defaultTables(): Tables {
  compiled ??= compile();
  return compiled;
}
