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

/** What stands between tags. Quotes are left there as they are: thousands of entities take a browser its time. */
const escapedText = (text: string): string =>
  text.replaceAll(/[&<>]/g, (character) => entities[character] ?? '');

const escapedValue = (text: string): string =>
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

function rendered(content: Content, place: Place): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) {
    if (place === 'value') throw new Error('markup cannot be the value of an attribute; give text');
    return content.toString();
  }
  if (typeof content === 'object') return content.map((each) => rendered(each, place)).join('');
  if (place === 'tag')
    throw new Error('text cannot stand within a tag; quote it as the value of an attribute');
  if (typeof content === 'number') return String(content);
  const text = safe(cut(content, mostCharacters));
  return place === 'value' ? escapedValue(text) : escapedText(text);
}

/**
 * Returns markup in which every value is escaped unless it is markup itself, in text and in quoted attributes.
 * What is not plainly visible (controls, characters that change the direction) is written as an escape.
 * Throws where text would stand within a tag unquoted, or markup within a quoted attribute.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const { texts, places } = templateOf(parts);
  let text = '';
  for (const [index, part] of texts.entries())
    text += part + rendered(values[index], places[index] ?? 'text');
  return new Markup(text);
}

/** Where in a template a value stands: between tags, within a tag, or within the quotes of an attribute. */
type Place = 'text' | 'tag' | 'value';

interface Template {
  readonly texts: readonly string[];
  readonly places: readonly Place[];
}

const templates = new WeakMap<TemplateStringsArray, Template>();

function templateOf(parts: TemplateStringsArray): Template {
  const known = templates.get(parts) ?? { texts: compact(parts), places: placesOf(parts) };
  templates.set(parts, known);
  return known;
}

function placesOf(parts: readonly string[]): Place[] {
  let within = false;
  let quote: string | undefined;
  return parts.map((part) => {
    for (const character of part) {
      if (quote !== undefined) {
        if (character === quote) quote = undefined;
      } else if (!within) within = character === '<';
      else if (character === '>') within = false;
      else if (character === '"' || character === "'") quote = character;
    }
    // A template may begin within a tag: markup` id="…"`.
    if (quote !== undefined || /=["']$/.test(part)) return 'value';
    return within ? 'tag' : 'text';
  });
}

/** Elements around which white space shows nothing, and would be a node of its own in the page. */
const blocks =
  'article|circle|dd|details|div|dl|dt|figure|footer|g|h[1-6]|li|line|main|nav|ol|p|path|polyline|rect|section|summary|svg|table|tbody|td|text|th|thead|tr|ul';
const beforeBlock = new RegExp(String.raw`\n\s*(?=</?(?:${blocks})\b)`, 'g');
const afterBlock = new RegExp(String.raw`(</?(?:${blocks})\b[^<>]*>)\n\s*`, 'g');

/** The parts of a template without the line breaks and the indentation that it has only for its readers. */
function compact(parts: readonly string[]): readonly string[] {
  return parts
    .join('\0')
    .replaceAll(beforeBlock, '')
    .replaceAll(afterBlock, '$1')
    .replaceAll(/\n\s+/g, '\n')
    .split('\0');
}

/** Returns text of several lines for a `<pre>`, escaped line by line. */
export function block(text: string): Markup {
  const lines = cut(text, mostOfBlock).split(/\r?\n/);
  return new Markup(lines.map((line) => escapedText(safe(line.replaceAll('\t', '    ')))).join('\n'));
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
