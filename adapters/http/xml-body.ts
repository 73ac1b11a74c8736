import { XMLParser } from 'fast-xml-parser';
import { booleans, lists, numbers } from './xml-shape.ts';

/** A body that is no answer in XML; the message says what is wrong with it. */
export class XmlBodyError extends Error {
  override readonly name = 'XmlBodyError';
}

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Returns the text that a reference stands for. Throws on all that would need a declaration. */
function dereference(_whole: string, name: string): string {
  const [, hexadecimal, decimal] = /^#(?:x([\dA-Fa-f]{1,6})|(\d{1,7}))$/.exec(name) ?? [];
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  const text = Object.hasOwn(predefined, name) ? predefined[name] : undefined;
  if (text === undefined && !isCharacter) throw new XmlBodyError('the body has an unknown reference');
  return text ?? String.fromCodePoint(code);
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  isArray: () => true,
  // Its own decoder passes over numeric references and leaves unknown entities as they are.
  entityDecoder: {
    decode: (text) => text.replaceAll(/&([^;&]*);/g, dereference),
    addInputEntities: () => {},
    setExternalEntities: () => {},
    reset: () => {},
    setXmlVersion: () => {},
  },
});

/** Every element as the list of its occurrences: text, or its children by name. */
type Element = string | { readonly [name: string]: readonly Element[] };

/** The text beside child elements, if any; indentation does not count. */
const textKey = '#text';

/**
 * Returns the name of the root and its content in the form that JSON would have had: lists as arrays
 * however many members there are, numbers and booleans typed where the operation's response is known.
 *
 * Throws {@link XmlBodyError} on what is not well formed, on a document type declaration (so that no entity
 * can be declared, let alone expanded), and on text where elements should be.
 */
export function parseXml(text: string): { root: string; body: Readonly<Record<string, unknown>> } {
  if (/^\uFEFF?(?:\s|<\?[^]*?\?>|<!--[^]*?-->)*<!DOCTYPE/i.test(text)) {
    throw new XmlBodyError('the body has a document type declaration');
  }
  let document: Record<string, readonly Element[]>;
  try {
    document = parser.parse(text, true);
  } catch (error) {
    throw error instanceof XmlBodyError ? error : new XmlBodyError('the body is not well-formed XML');
  }
  const [first, ...others] = Object.entries(document).filter(([name]) => name !== textKey);
  const [root = '', occurrences = []] = first ?? [];
  const [content] = occurrences;
  if (content === undefined || others.length > 0) throw new XmlBodyError('the body has not one XML root');
  return { root, body: typeof content === 'string' ? blank(content, {}) : childrenOf(content) };
}

function childrenOf(element: Exclude<Element, string>): Record<string, unknown> {
  const children = Object.entries(element).filter(([name]) => name !== textKey);
  const text: unknown = element[textKey];
  if (typeof text === 'string') blank(text, undefined);
  else if (Array.isArray(text)) blank(text.join(''), undefined);
  return Object.fromEntries(children.map(([name, occurrences]) => [name, valueOf(name, occurrences)]));
}

/** One occurrence is a value; more of what is no list are shown as what they are, several. */
function valueOf(name: string, occurrences: readonly Element[]): unknown {
  const [only] = occurrences;
  if (occurrences.length !== 1 || only === undefined) return occurrences.map((each) => single(name, each));
  return single(name, only);
}

function single(name: string, element: Element): unknown {
  const member = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (member !== undefined) return listOf(member, element);
  return typeof element === 'string' ? scalar(name, element) : childrenOf(element);
}

function listOf(member: string, element: Element): unknown {
  if (typeof element === 'string') return blank(element, { [member]: [] });
  const { [member]: members = [], ...rest } = element;
  return {
    ...childrenOf(rest),
    [member]: members.map((each) => (typeof each === 'string' ? scalar(member, each) : childrenOf(each))),
  };
}

function scalar(name: string, text: string): string | number | boolean {
  if (numbers.has(name) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (booleans.has(name) && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** Returns `value` if there is nothing but white space where elements were to be expected. */
function blank<T>(text: string, value: T): T {
  if (text.trim() === '') return value;
  throw new XmlBodyError('the body has text between its elements');
}
