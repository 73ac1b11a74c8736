import { safe } from '../safe-text.ts';

/** Longer texts are cut: a target can answer with megabytes. */
const mostCharacters = 4000;
const mostOfBlock = 20_000;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}… (${text.length} characters)`;
};

/** Text that is markup already. Only `markup` and `verbatim` make it, so nothing else gets into a page unescaped. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type Content = Markup | string | number | undefined | false | readonly Content[];

function rendered(content: Content): string {
  if (content instanceof Markup) return content.toString();
  if (content === undefined || content === false) return '';
  if (typeof content === 'object') return content.map(rendered).join('');
  return typeof content === 'number' ? String(content) : escaped(safe(cut(content, mostCharacters)));
}

/**
 * Returns markup in which every value is escaped unless it is markup itself, in text and in quoted attributes.
 * What is not plainly visible (controls, characters that change the direction) is written as an escape.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = '';
  for (const [index, part] of plain(parts).entries()) text += part + rendered(values[index]);
  return new Markup(text);
}

const plainParts = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The parts of a template without the indentation that it has only for its readers. */
function plain(parts: TemplateStringsArray): readonly string[] {
  const known = plainParts.get(parts) ?? parts.map((part) => part.replaceAll(/\n\s+/g, '\n'));
  plainParts.set(parts, known);
  return known;
}

/** Returns text of several lines for a `<pre>`, escaped line by line. */
export function block(text: string): Markup {
  const lines = cut(text, mostOfBlock).split(/\r?\n/);
  return new Markup(lines.map((line) => escaped(safe(line.replaceAll('\t', '    ')))).join('\n'));
}

/** Markup of our own that no template can hold: the style sheet and the script, known when this was written. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

/** An id for an element, of any text; equal texts have equal ids. */
export function slug(...words: readonly string[]): string {
  return words
    .map((word) =>
      cut(word, 80).replaceAll(/[^\w-]+/g, (other) => `_${other.codePointAt(0)?.toString(36) ?? ''}_`),
    )
    .join('-');
}
