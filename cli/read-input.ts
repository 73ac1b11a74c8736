import { readFile } from 'node:fs/promises';
import { FileError } from '../properties/counterexample.ts';
import { reasonOf } from './reason.ts';

/** Returns the text of a file that the user named. Throws `FileError` that says why it cannot be read. */
export async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new FileError(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}
