#!/usr/bin/env node
import { basename, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { main } from './command-line.ts';
import { engine } from './engine.ts';

/** How the user called this program, so that commands can be copied. */
function self(): string {
  const script = process.argv[1] ?? '';
  if (!/\.[jt]s$/.test(script)) {
    return process.env['npm_command'] === 'exec' ? `npx ${basename(script)}` : basename(script);
  }
  const near = relative(process.cwd(), script);
  return `node ${near.startsWith('..') ? script : near}`;
}

// Whoever reads may stop reading: `ri-conformance rules | head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

// Node ends with 13 when it waits for something that can no longer come: that is ours to own up to.
process.on('exit', (code) => {
  if (code !== 13) return;
  process.stderr.write('Fault of the harness: it waited for something that never came. Please report it.\n');
  process.exitCode = 3;
});

process.exitCode = await main(
  process.argv.slice(2),
  {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    self: self(),
    onInterrupt(callback) {
      process.on('SIGINT', callback).on('SIGTERM', callback);
      return () => process.off('SIGINT', callback).off('SIGTERM', callback);
    },
    onLine(callback) {
      const lines = createInterface({ input: process.stdin }).on('line', callback);
      return () => lines.close();
    },
    exit: (code) => process.exit(code),
  },
  engine,
);
