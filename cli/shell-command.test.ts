import { expect, test } from 'vitest';
import { replayCommand, shellLine } from './shell-command.ts';

test('quotes what a shell would take apart', () => {
  expect(shellLine(['a/b-c.json', "it's $HOME", ''])).toBe(String.raw`a/b-c.json 'it'\''s $HOME' ''`);
});

test('carries over what says which target, not how the run went', () => {
  const given = { target: 'http://127.0.0.1:1', control: 'none', timeout: 5, seed: 1, commands: 2, out: 'x' };
  expect(replayCommand('npx ri-conformance', 'a b.json', given, 'c.json')).toBe(
    "npx ri-conformance replay 'a b.json' --target http://127.0.0.1:1 --control none --timeout 5 --config c.json",
  );
});
