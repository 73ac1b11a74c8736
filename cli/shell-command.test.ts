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

test('repeats no secret, only where it is to come from', () => {
  const given = {
    target: 'http://127.0.0.1:1',
    signature: 'acs3' as const,
    format: 'XML' as const,
    accessKeySecret: 'hush',
    securityToken: 'hush',
  };
  expect(replayCommand('ri', 'a.json', given)).toBe(
    'ri replay a.json --target http://127.0.0.1:1 --signature acs3 --format XML --access-key-secret "$ALIBABA_CLOUD_ACCESS_KEY_SECRET" --security-token "$ALIBABA_CLOUD_SECURITY_TOKEN"',
  );
});
