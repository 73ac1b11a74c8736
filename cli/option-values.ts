import { editionIds } from '../model/spec/editions.ts';

/** A number as a number; anything else stays text, so that the message can show it. */
export function number(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** What `--edition` takes. */
export const editions = `any, or one of ${editionIds.join(', ')}`;
