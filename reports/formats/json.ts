import type { Reporter } from '../reporter.ts';

/** The record itself; a list of them where there are several. */
export const jsonReporter: Reporter = {
  name: 'json',
  file: 'report.json',
  render: (records) => `${JSON.stringify(records.length === 1 ? records[0] : records, null, 2)}\n`,
};
