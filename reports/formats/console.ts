import { renderConsole } from '../console.ts';
import type { Reporter } from '../reporter.ts';

/** For a terminal; records one after another. */
export const consoleReporter: Reporter = {
  name: 'console',
  mixes: true,
  render: (records, context) => records.map((record) => renderConsole(record, context)).join('\n'),
};
