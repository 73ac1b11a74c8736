import { expect, test } from 'vitest';
import { main } from './command-line.ts';
import { fakeEngine } from './testing/fake-engine.ts';
import { fakeIo, type FakeIo } from './testing/fake-io.ts';

/** Serves until `during` is done with the URL, then presses Ctrl-C. */
async function serving(
  words: readonly string[],
  during: (url: string) => Promise<void>,
): Promise<{ code: number; io: FakeIo }> {
  const io = fakeIo();
  const done = main(['serve', '--port', '0', ...words], io, fakeEngine());
  await expect.poll(() => io.listening() && io.out() !== '').toBe(true);
  await during(/Emulator at (\S+),/.exec(io.out())?.[1] ?? '');
  io.interrupt();
  return { code: await done, io };
}

test('says in one line all that a client needs, and stops with exit code 0', async () => {
  const { code, io } = await serving([], async (url) => {
    const answer = await fetch(`${url}/_control`);
    expect(await answer.json()).toMatchObject({ clock: 'real' });
  });
  expect(code).toBe(0);
  expect(io.out()).toMatch(
    /^Emulator at (http:\/\/127\.0\.0\.1:\d+), edition E2026, profile default, access key testid \/ testsecret, control \1\/_control\n$/,
  );
  expect(io.listening()).toBe(false);
});

test('takes edition, profile, mutant, clock and key, and does not repeat a secret', async () => {
  const words = '--edition E2018b --profile strict --mutant connect-any-role --manual-clock --connect-ms 5';
  const keys = ['--access-key-id', 'me', '--access-key-secret', 'hush'];
  const { io } = await serving([...words.split(' '), ...keys], async (url) => {
    const answer = await fetch(`${url}/_control`);
    expect(await answer.json()).toMatchObject({ clock: 'manual' });
  });
  expect(io.out()).toMatch(
    /edition E2018b, profile strict, mutant connect-any-role, access key me \/ \(as given\), control .* \(manual clock\)\n$/,
  );
  expect(io.out()).not.toContain('hush');
});

test('lets unsigned requests in when told so', async () => {
  const { io } = await serving(['--no-verify-signature'], async (url) => {
    const answer = await fetch(`${url}/?Action=DescribeRegions&Version=2016-04-28&AccessKeyId=x`);
    expect(answer.status).toBe(200);
  });
  expect(io.out()).toContain('signatures not verified');
});
