import { access, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../properties/run/errors.ts';
import { findConfig } from './config-file.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { write } from './output-directory.ts';
import { reasonOf } from './reason.ts';

export interface InitFlags {
  readonly force?: boolean | undefined;
  readonly target?: string | undefined;
}

const configName = 'conformance.config.ts';

const config = (target: string): string => `import { defineConfig } from 'ri-conformance';

export default defineConfig({
  // What is judged: the URL of your emulator, or "emulator", the one that comes with ri-conformance.
  target: ${JSON.stringify(target)},
  // The same sequences every time, so that a failure can be repeated.
  seed: 1,
});
`;

const suite = `import { conformance } from 'ri-conformance';

// One test for each rule of the API; options are in ${configName}. Start your emulator first, here or before.
await conformance();
`;

const workflow = `name: conformance
on: [push, pull_request]

jobs:
  conformance:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      # Start your emulator here, at the URL that ${configName} names.
      - run: npx ri-conformance run --quiet
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: conformance
          path: conformance-out
`;

/**
 * `ri-conformance init`: writes a configuration, a test for vitest and a CI workflow into the working directory. What
 * is there already stays, unless `--force`. Returns the exit code. Throws `UsageError` when it cannot write.
 */
export async function init({ force = false, target = 'emulator' }: InitFlags, io: Io): Promise<ExitCode> {
  // Beside another configuration file this one would only be in the way.
  const there = await findConfig(io.cwd);
  const files: readonly (readonly [name: string, text: string, inTheWay: string | undefined])[] = [
    [configName, config(target), there],
    ['conformance.test.ts', suite, undefined],
    ['.github/workflows/conformance.yml', workflow, undefined],
  ];
  for (const [name, text, other] of files) {
    const path = join(io.cwd, name);
    if (other !== undefined && other !== name) {
      io.stdout.write(`kept   ${other}: it is the configuration already; ${name} is not written\n`);
      continue;
    }
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists && !force) {
      io.stdout.write(`kept   ${name}: it is there already (--force writes it anew)\n`);
      continue;
    }
    try {
      await mkdir(dirname(path), { recursive: true });
      await write(path, text);
    } catch (error) {
      throw new UsageError(`cannot write ${name}: ${reasonOf(error)}.`, { cause: error });
    }
    io.stdout.write(`wrote  ${name}\n`);
  }
  io.stdout.write('Next: npm install --save-dev ri-conformance vitest, then npx ri-conformance run\n');
  return exitCodes.conforms;
}
