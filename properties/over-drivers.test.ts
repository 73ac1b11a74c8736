import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../adapters/emulator/serve.ts';
import { openClient } from '../adapters/open-client.ts';
import { regionId } from './testing/campaigns.ts';
import { emulatorKey, type Form, runThrough } from './testing/through-client.ts';

/**
 * Campaigns through the official SDKs of other languages, unmodified, where `.ci/install-drivers` has built
 * their drivers. What is not there is skipped by name, and fails where RI_REQUIRE_DRIVERS names its language.
 */

const drivers = join(import.meta.dirname, '../adapters/exec/drivers');
const python = join(drivers, 'python/.venv/bin/python3');
const go = join(drivers, 'go/bin/driver');
const java = join(drivers, 'java/target');

interface Driver {
  readonly language: 'python' | 'go' | 'java';
  readonly library: RegExp;
  /** What must be there for it to run. */
  readonly needs: string;
  readonly command: string;
  /** With the faults of its own that the library may show in that form. */
  readonly forms: readonly (Form & { readonly faults?: readonly RegExp[] })[];
  /** What the library does not hand out. */
  readonly withholds?: string;
  /** What it has no way to say. */
  readonly inexpressible?: RegExp;
}

const javaCommand = (option = ''): string =>
  `java -XX:TieredStopAtLevel=1 ${option} -cp "${join(java, 'driver.jar')}:${join(java, 'lib')}/*" Driver`;

/** With version 1.0 the Java library sends empty parameters, but leaves them out of what it signs. */
const unsignedBlanks = /SignatureDoesNotMatch/;
/** The Java library is older than these fields: its typed answers drop them. */
const missingFields = [/^ResourceGroupId: /, /^Tags: /];
const ownRegion = /adds its own region to a call without RegionId$/;
const all: readonly Driver[] = [
  {
    language: 'python',
    library: /^alibabacloud_vpc20160428 \d/,
    needs: python,
    command: `"${python}" "${join(drivers, 'python/vpc20160428.py')}"`,
    forms: [{ signature: 'acs3' }, { signature: 'v1' }],
  },
  {
    language: 'python',
    library: /^aliyun-python-sdk-core \d/,
    needs: python,
    command: `"${python}" "${join(drivers, 'python/core.py')}"`,
    forms: [{ method: 'GET' }, { method: 'POST' }],
    withholds: 'HostId, status',
    inexpressible: ownRegion,
  },
  {
    language: 'go',
    library: /^github\.com\/aliyun\/alibaba-cloud-sdk-go v\d/,
    needs: go,
    command: `"${go}"`,
    forms: [{ method: 'POST' }, { method: 'GET' }],
    inexpressible: ownRegion,
  },
  {
    language: 'java',
    library: /^com\.aliyun:vpc20160428 \d/,
    needs: join(java, 'driver.jar'),
    command: javaCommand('-Dgeneric=true'),
    forms: [{ signature: 'acs3' }, { signature: 'v1', faults: [unsignedBlanks] }],
  },
  {
    language: 'java',
    library: /^com\.aliyun:vpc20160428 \d/,
    needs: join(java, 'driver.jar'),
    command: javaCommand(),
    forms: [{ signature: 'acs3', faults: missingFields }],
  },
];

const required = (process.env['RI_REQUIRE_DRIVERS'] ?? '').split(',');

describe.each(all)('Through the $language driver for $library', (driver) => {
  const { language, library, needs, command, forms, withholds, inexpressible } = driver;
  if (!existsSync(needs)) {
    const reason = `${language} driver not built (.ci/install-drivers builds it where the toolchain is there)`;
    test.skipIf(!required.includes(language))(reason, () => expect.fail(`${needs} is missing`));
    return;
  }

  test.each(forms)(
    '%j: the clean emulator conforms, but for faults of the SDK',
    async ({ faults, ...form }) => {
      const record = await runThrough(`exec:${command}`, { form, commands: 150, shrinkBudget: 40 });
      const observed = record.divergences.map((divergence) => divergence.observed);
      expect(observed.filter((each) => faults?.some((fault) => fault.test(each)) !== true)).toEqual([]);
      const reasons = record.inconclusive.map(({ reason }) => reason);
      expect(reasons).toEqual(
        inexpressible === undefined ? [] : [expect.stringMatching(inexpressible) as string],
      );
      expect(record.leftBehind).toEqual([]);
      expect(record.verdict).toBe(observed.length === 0 ? 'conforms' : 'diverges');
      expect(record.client?.version).toMatch(library);
      const untold = record.notes.filter((note) => note.startsWith('not judged'));
      expect(untold).toEqual(
        withholds === undefined
          ? []
          : [`not judged, as the client does not hand it out with every answer: ${withholds}`],
      );
    },
  );

  test.each(forms)(
    '%j: empty parameters are signed, but for faults of the SDK',
    async ({ faults, ...form }) => {
      const served = await startEmulator();
      const settings = { ...emulatorKey, regionId, endpoint: served.url, timeoutMs: 10_000, ...form };
      const client = await openClient(`exec:${command}`, settings);
      try {
        const params = { RegionId: regionId, ResourceOwnerAccount: '' };
        const view = await client.call('DescribeRouterInterfaces', params);
        const unsigned = faults?.includes(unsignedBlanks) === true;
        expect(view).toMatchObject(
          unsigned ? { error: { code: 'SignatureDoesNotMatch' } } : { kind: 'returned' },
        );
      } finally {
        await client.close();
        await served.close();
      }
    },
  );

  test('a mutant shows', async () => {
    const emulator = { mutant: 'connect-role-code' };
    const record = await runThrough(`exec:${command}`, { emulator, commands: 300, shrinkBudget: 40 });
    expect(record.divergences.map(({ operation }) => operation)).toContain('ConnectRouterInterface');
  });
});
