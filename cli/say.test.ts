import { expect, test } from 'vitest';
import { say } from './say.ts';
import { fakeIo } from './testing/fake-io.ts';

test('what a target says reaches the terminal as text, and not by the megabyte', () => {
  const io = fakeIo({});
  say(io, `answered Bad\u001b[2J\u202e\r\nsee there ${'x'.repeat(9999)}`);
  expect(io.err()).toMatch(/^answered Bad\\u\{1b\}\[2J\\u\{202e\}\\r\nsee there x{1900,}…\n$/);
  expect(io.err().length).toBeLessThan(2100);
});
