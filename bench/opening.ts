import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { renderHtml } from '../reports/html/render.ts';
import { openedAfter } from '../reports/testing/in-page.ts';
import { largeRecord } from '../reports/testing/rich-record.ts';

/**
 * How long a report of 200 divergences and 300 rules takes to open: `npm run bench:opening`. Beside it stands a page of
 * one sentence, opened by the same browser in turn with it, and the quotient of the two: that depends on the machine
 * far less than either. `--executable FILE` names the browser; Debian's Chromium unless given.
 */
const at = process.argv.indexOf('--executable');
const executablePath = (at < 0 ? undefined : process.argv[at + 1]) ?? '/usr/bin/chromium';
const rounds = 9;

const trivial =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>a page</title><p>One sentence.</p>';
const report = await renderHtml([largeRecord(200, 300)]);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

interface Opening {
  /** Milliseconds from the request of the page until all of it was there. */
  readonly ms: number;
  /** Milliseconds that the page's main thread was at work by then, whatever else the machine did. */
  readonly cpuMs: number;
}

/** Opens a page in a tab of its own. */
async function opening(browser: Browser, file: string): Promise<Opening> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(pathToFileURL(file).href);
  const ms = await page.evaluate<number>(openedAfter);
  const { metrics } = await session.send('Performance.getMetrics');
  await page.close();
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  return { ms, cpuMs: seconds * 1000 };
}

const folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
const files = { report: join(folder, 'report.html'), trivial: join(folder, 'trivial.html') };
await writeFile(files.report, report);
await writeFile(files.trivial, trivial);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const times: { report: Opening[]; trivial: Opening[] } = { report: [], trivial: [] };
try {
  // Each once before it counts.
  for (const file of Object.values(files)) await opening(browser, file);
  for (let round = 0; round < rounds; round++) {
    times.trivial.push(await opening(browser, files.trivial));
    times.report.push(await opening(browser, files.report));
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
const figure = (name: keyof Opening): string => {
  const [ours, other] = [times.report, times.trivial].map((all) => median(all.map((each) => each[name])));
  return `${ours?.toFixed(0)} ms, a page of one sentence ${other?.toFixed(0)} ms: ratio ${((ours ?? 0) / (other ?? 1)).toFixed(1)}`;
};
process.stdout.write(
  `200 divergences, 300 rules: ${(Buffer.byteLength(report) / 1e6).toFixed(2)} MB, medians of ${rounds}
open after   ${figure('ms')}
main thread  ${figure('cpuMs')}
`,
);
