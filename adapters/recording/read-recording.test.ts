import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecording } from './read-recording.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ri-conformance-'));
});
afterAll(() => rm(folder, { recursive: true }));

const header = {
  kind: 'recording',
  recordingVersion: 2,
  tool: { name: 'ri-conformance', version: '0.1.0' },
  target: 'emulator',
  command: 'run',
  options: { seed: 1 },
  about: {},
  run: 'ab12',
};
const call = {
  kind: 'call',
  part: 'set-up',
  operation: 'DescribeRegions',
  params: {},
  observation: { kind: 'answer', status: 200, body: {} },
  start: 1,
  end: 2,
};
const end = { kind: 'end', counts: { part: 0, call: 1, hook: 0, settle: 0, raw: 0, race: 0 } };

async function reading(...lines: readonly unknown[]): Promise<unknown> {
  const file = join(folder, 'it.jsonl');
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(file, texts.map((text) => `${text}\n`).join(''));
  try {
    return await readRecording(file);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RecordingFileError') throw error;
    return error.message.replaceAll(folder, '');
  }
}

describe('Reading a recording', () => {
  test('gives header, parts and end', async () => {
    expect(await reading(header, call, end)).toMatchObject({
      header: { target: 'emulator' },
      parts: new Map([['set-up', { happenings: [call] }]]),
      end,
    });
  });

  test.each<[string, readonly unknown[], RegExp]>([
    ['is empty', [], /it\.jsonl is empty: not a recording/],
    ['is no JSON', ['<html>'], /line 1 is not JSON: "<html>"/],
    ['is other JSON', [{ log: {} }], /line 1: this is not the header of a recording\. .*--record/],
    ['is a JSON number', ['7'], /line 1: this is not the header/],
    [
      'has another version',
      [{ ...header, recordingVersion: 1 }, end],
      /line 1: a recording of version 1; .* reads version 2/,
    ],
    ['has a damaged header', [{ ...header, run: 3 }, end], /line 1 is no line of kind "recording"/],
    [
      'was cut off between lines',
      [header, call],
      /line 2: it ends without its closing line, after 1 exchanges: it was cut off/,
    ],
    [
      'was cut off within a line',
      [header, call, '{"kind":"call","pa'],
      /line 3: it ends without its closing line/,
    ],
    ['has a line that is no JSON in the middle', [header, 'oops', end], /line 2 is not JSON: "oops"/],
    ['has a line of another kind', [header, { kind: 'note' }, end], /line 2 is no line of kind "note"/],
    ['has a line without a kind', [header, {}, end], /line 2 has no kind/],
    ['has lost a line', [header, end], /line 2: 1 lines of kind "call" were written, 0 are here/],
    ['goes on after its end', [header, call, end, call], /line 4: something follows after the closing line/],
    ['has two headers', [header, header], /line 2: a second header/],
  ])('says so when it %s', async (_what, lines, message) => {
    expect(await reading(...lines)).toMatch(message);
  });

  test('says so when the file is not there', async () => {
    await expect(readRecording(join(folder, 'absent'))).rejects.toThrow(
      /absent cannot be read: no such file or directory\.$/,
    );
  });
});
