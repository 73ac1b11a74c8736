import type { Markup } from './markup.ts';

/** A part of the page with a heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What is to be seen here, in a sentence or two. */
  readonly lead?: Markup | string;
  readonly content: Markup;
}
