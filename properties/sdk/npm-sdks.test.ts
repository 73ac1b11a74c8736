import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { benches } from '../../adapters/faults/bench.ts';
import { faultCatalogue } from '../../adapters/faults/catalogue.ts';
import { openClient } from '../../adapters/open-client.ts';
import { compareBehaviour } from './compare-behaviour.ts';
import { measureBehaviour } from './measure.ts';
import { region } from './situations.ts';
import { parseBehaviour } from './stored-behaviour.ts';

/**
 * What the official Node SDKs do, stored when it was measured: every fact of every case. To store it anew:
 * `ri-conformance sdk --sdk sdk:NAME --timeout 3000 --out DIR`. The time-out is long, as tests share a machine.
 */
const stored = ['pop-core', 'vpc20160428'] as const;

describe.each(stored)('sdk:%s', (name) => {
  test('behaves as it did', async () => {
    const url = new URL(`testing/${name}.behaviour.json.txt`, import.meta.url);
    const expected = parseBehaviour(await readFile(url, 'utf8'), `${name}.behaviour.json`);
    const { settings } = expected;
    const measured = await measureBehaviour({
      openBench: benches(
        (where) => openClient(`sdk:${name}`, { ...where, regionId: region, timeoutMs: settings.timeoutMs }),
        settings.seed,
      ),
      settings,
    });
    expect(measured.sections).toEqual(expected.sections);
    expect(compareBehaviour(expected, measured)).toEqual([]);
    for (const { name: fault } of faultCatalogue(1)) {
      expect(Object.keys(measured.sections.faults)).toContain(`${fault} / create`);
    }
  });
});

test('the two differ where they are known to', async () => {
  const read = async (name: string) => {
    const url = new URL(`testing/${name}.behaviour.json.txt`, import.meta.url);
    return parseBehaviour(await readFile(url, 'utf8'), name);
  };
  const [old, typed] = [await read('pop-core'), await read('vpc20160428')];
  // The older one judges by the body alone, throws what is no Error, and keeps every digit.
  expect(old.sections.shapes['500 with JSON but without Code']).toMatchObject({ outcome: 'returned' });
  expect(typed.sections.shapes['500 with JSON but without Code']).toMatchObject({ code: 'undefined' });
  expect(old.sections.faults['html-502 / list']).toMatchObject({ isError: false, status: 'absent' });
  expect(typed.sections.faults['html-502 / list']).toMatchObject({ class: 'SyntaxError', status: 'absent' });
  expect(old.sections.shapes['a number beyond 2^53']).toMatchObject({ body: 'as on the wire' });
  expect(typed.sections.shapes['a number beyond 2^53']).toMatchObject({
    body: ['OrderId: number 12345678901234567890 -> number 12345678901234567000'],
  });
  expect(old.sections.errors['gateway SignatureDoesNotMatch']?.['leaks']).toEqual([
    'AccessKeyId',
    'Signature',
  ]);
});
