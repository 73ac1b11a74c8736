import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../record.ts';
import { largeRecord, richRecord } from '../testing/rich-record.ts';
import {
  background,
  colorOfSlipped,
  nameless,
  openAll,
  openedAfter,
  overflow,
  tooFaint,
} from '../testing/in-page.ts';
import { withEveryString } from '../testing/sample-record.ts';
import { renderHtml } from './render.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const isRequired = process.env['RI_REQUIRE_CHROMIUM'] === '1';
const notRun = executablePath === undefined && !isRequired;

let folder = '';
let browser: Browser;

interface Opened {
  readonly page: Page;
  /** Errors, violations of the policy and whatever else the console had to say. */
  readonly complaints: string[];
  /** What was asked for, other than the page itself. */
  readonly requests: string[];
}

const sizes = { wide: { width: 1200, height: 900 }, phone: { width: 360, height: 740 } };

async function open(
  text: string,
  {
    colorScheme = 'light',
    size = 'wide',
  }: { colorScheme?: 'light' | 'dark'; size?: keyof typeof sizes } = {},
): Promise<Opened> {
  const file = join(folder, 'report.html');
  await writeFile(file, text);
  const page = await browser.newPage({ viewport: sizes[size], colorScheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const { href } = pathToFileURL(file);
  page.on('request', (request) => {
    if (request.url() !== href) requests.push(request.url());
  });
  await page.goto(href);
  return { page, complaints, requests };
}

const why = notRun ? ' (not run: there is no chromium in /usr/bin)' : '';

describe.skipIf(notRun)(`The page in Chromium${why}`, () => {
  let rich = '';
  beforeAll(async () => {
    if (executablePath === undefined)
      throw new Error('RI_REQUIRE_CHROMIUM is set, but there is no chromium in /usr/bin: install it.');
    // Within a container there is no sandbox to be had; the page is our own, and loads nothing.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
    rich = await renderHtml([richRecord]);
  });
  afterAll(async () => {
    await browser?.close();
    if (folder !== '') await rm(folder, { recursive: true });
  });

  test.each([
    ['light', 'wide'],
    ['dark', 'wide'],
    ['light', 'phone'],
    ['dark', 'phone'],
  ] as const)(
    'in %s and %s is readable, loads nothing and has nothing to complain of',
    async (colorScheme, size) => {
      const { page, complaints, requests } = await open(rich, { colorScheme, size });
      await page.evaluate(openAll);
      expect(await page.evaluate(tooFaint)).toEqual([]);
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await page.evaluate(background)).toBe(
        colorScheme === 'light' ? 'rgb(246, 247, 249)' : 'rgb(15, 19, 24)',
      );
      expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
      await page.close();
    },
  );

  test('filters rules by keyboard alone, and says how many are left', async () => {
    const { page, complaints } = await open(rich);
    const shown = (): Promise<number> => page.locator('li.rule:not([hidden])').count();
    const all = await shown();
    await page.getByRole('searchbox', { name: 'Search' }).focus();
    await page.keyboard.type('R36');
    expect(await shown()).toBe(1);
    expect(await page.getByRole('status').textContent()).toBe(`1 of ${all} rules`);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    expect(await shown()).toBe(all);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const pressed = page.locator('button[aria-pressed="true"]');
    expect(await pressed.getAttribute('data-verdict')).toBe('diverges');
    const visible = page.locator('li.rule:not([hidden])');
    expect(await visible.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-verdict')))).toEqual(
      richRecord.rules.filter(({ verdict }) => verdict === 'diverges').map(({ verdict }) => verdict),
    );
    // A rule opens by keyboard, too.
    await visible.first().locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await visible.first().locator('details').getAttribute('open')).toBe('');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('has a name for everything that can be reached or seen as a picture', async () => {
    const { page } = await open(rich);
    expect(await page.evaluate(nameless)).toEqual([]);
    const headings = await page.locator('h1').count();
    expect(headings).toBe(1);
    await page.close();
  });

  test('opens what a link leads to, and copies a whole curl script', async () => {
    const { page, complaints } = await open(rich);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(`location.hash = '#rule-R36'`);
    await expect.poll(() => page.locator('#rule-R36 > details').getAttribute('open')).toBe('');
    const box = page.locator('details.copied').first();
    await box.locator('summary').click();
    await box.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => box.locator('[data-copy]').textContent()).toBe('Copied');
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toMatch(/^#!\/usr\/bin\/env bash\n/);
    expect(copied).toContain('ri() {');
    expect(copied).toContain('ri ConnectRouterInterface RegionId=cn-hangzhou RouterInterfaceId="$ri1"');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('runs nothing that a target said', async () => {
    const hostile = `</script></style></title>--><img src=x onerror=alert(1)><svg onload=alert(2)>"' onfocus=alert(3) autofocus x=<script>alert(4)</script>\u202E\u0000`;
    const { page, complaints, requests } = await open(
      await renderHtml([withEveryString(richRecord, hostile) as RunRecord]),
    );
    expect(
      await page.locator('img, [onerror], [onload], [onfocus], body script:not(:last-child)').count(),
    ).toBe(0);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await page.close();
  });

  test('would run nothing even if something slipped through: the policy forbids it', async () => {
    const slipped = rich.replace(
      '<main id="main">',
      '<main id="main"><script>document.title = "taken"</script><img src="http://127.0.0.1:9/x" onerror="document.title = \'taken\'"><p style="color: red" onclick="document.title = \'taken\'">x</p><iframe src="data:text/html,x"></iframe>',
    );
    expect(slipped).not.toBe(rich);
    const { page, complaints } = await open(slipped);
    await page.locator('main > p').first().click();
    expect(await page.title()).not.toBe('taken');
    expect(await page.evaluate(colorOfSlipped)).not.toBe('rgb(255, 0, 0)');
    for (const directive of ['script-src', 'style-src', 'img-src', 'frame-src'])
      expect(complaints.join('\n'), directive).toMatch(
        /violates the following Content Security Policy directive/,
      );
    expect(complaints.length).toBeGreaterThanOrEqual(4);
    await page.close();
  });

  test('sets two targets side by side, also on a phone', async () => {
    const other: RunRecord = {
      ...richRecord,
      target: 'http(https://emulator.staging.example.com:8443/vpc/gateway)',
      rules: richRecord.rules.map((rule) => ({ ...rule, verdict: 'not exercised' })),
    };
    const { page, complaints } = await open(await renderHtml([richRecord, other]), { size: 'phone' });
    const table = await page.locator('table.targets').first().boundingBox();
    expect((table?.x ?? 0) + (table?.width ?? Infinity)).toBeLessThanOrEqual(sizes.phone.width);
    expect(await page.locator('caption').first().isVisible()).toBe(true);
    expect(await page.locator('#t2-run .what b').textContent()).toBe(
      `Target 2 of 2: ${other.target} · edition ${other.edition}`,
    );
    await page.locator('#t2-run nav a').first().click();
    expect(page.url()).toMatch(/#targets$/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('opens at once with 200 divergences and 300 rules', async () => {
    const text = await renderHtml([largeRecord(200, 300)]);
    const { page, complaints } = await open(text);
    const ms = await page.evaluate(openedAfter);
    // Under a second on a machine that has nothing else to do; here there may be others.
    expect(ms).toBeLessThan(5000);
    expect(await page.locator('.divergence').count()).toBe(200);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
