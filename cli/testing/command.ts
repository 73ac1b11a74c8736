import { main } from '../command-line.ts';
import { engine } from '../engine.ts';
import { fakeIo } from './fake-io.ts';

/** Runs one command with the real engine; returns its exit code and what it printed. */
export async function command(
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const io = fakeIo();
  const code = await main(words, io, engine);
  return { code, out: io.out(), err: io.err() };
}
