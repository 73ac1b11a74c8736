import { markup, type Markup } from './markup.ts';

/**
 * Returns what may be wider than the page in a region of its own that scrolls, also by keyboard, and that a screen
 * reader announces by its label. `figure`: it is a picture, on a ground of its own.
 */
export function scrollRegion(label: string, content: Markup, look?: 'figure'): Markup {
  return markup`<div class="${look === undefined ? 'scroll' : `scroll ${look}`}" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}
