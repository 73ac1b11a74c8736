import { renderHtml } from '../html/render.ts';
import type { Reporter } from '../reporter.ts';

/** One page that needs nothing but itself. */
export const htmlReporter: Reporter = {
  name: 'html',
  file: 'report.html',
  render: (records, { replayCommand }) =>
    renderHtml(records, replayCommand === undefined ? {} : { replayCommand: (each) => replayCommand(each) }),
};
