import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { embeddedTarget } from '../adapters/embedded.ts';
import { runConformance } from '../properties/conformance.ts';
import { renderHtml } from '../reports/html/render.ts';

/**
 * Takes the picture of a report that the README shows: `npm run screenshot` runs the emulator with one defect
 * and writes `docs/report.png`. `--executable FILE` names the browser; Debian's Chromium unless given.
 */
const at = process.argv.indexOf('--executable');
const executablePath = (at < 0 ? undefined : process.argv[at + 1]) ?? '/usr/bin/chromium';

const { record } = await runConformance({
  target: embeddedTarget({ mutant: 'connect-second-pair' }),
  edition: 'any',
  regionId: 'cn-hangzhou',
  maxRouters: 8,
  suites: ['random', 'guided'],
  seed: 1,
  commands: 6000,
  concurrency: 1,
  times: { settleMs: 60_000, staleMs: 1000, pollMs: [2, 250] },
  shrinkBudget: 3000,
});
const folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
const file = join(folder, 'report.html');
await writeFile(file, await renderHtml([record]));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1360 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: 'docs/report.png' });
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
process.stdout.write(
  `docs/report.png: ${record.verdict}, ${record.divergences.map(({ id }) => id).join(', ')}\n`,
);
