import { isUtf8 } from 'node:buffer';
import type { Answer } from '../../model/vocabulary.ts';
import type { WireFormat } from '../wire.ts';
import { parseXml, XmlBodyError } from './xml-body.ts';

const quotedCharacters = 200;

/** The beginning of a body as JSON text, so that control characters cannot disturb a terminal or a report. */
function quote(text: string): string {
  const safe = JSON.stringify(text.slice(0, quotedCharacters)).replaceAll(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > quotedCharacters ? `${safe}…` : safe;
}

function defective(status: number, what: string, text: string): Answer {
  return { kind: 'answer', status, defect: `${what}: ${quote(text)}` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return value === null ? 'null' : `a ${typeof value}`;
}

/** Returns what the text says, or what is wrong with it as a defect. */
function parse(text: string, format: WireFormat): { readonly value: unknown } | string {
  try {
    return { value: format === 'JSON' ? JSON.parse(text) : parseXml(text).body };
  } catch (error) {
    return error instanceof XmlBodyError ? error.message : `the body is not ${format}`;
  }
}

/** Deeper than anything documented; what walks a body may use the stack up to here. */
const deepest = 64;
/** No body under this length is nested so deeply that it could exhaust a stack. */
const shallowLength = 4096;

function isTooDeep(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/**
 * Returns a complete HTTP answer: with the parsed body when that is one JSON object in UTF-8, or one XML
 * document that says the same, else with the defect and the first 200 characters of the text. The status
 * plays no part, nor does Content-Type.
 */
export function answerFrom(status: number, bytes: Buffer, format: WireFormat = 'JSON'): Answer {
  if (bytes.length === 0) return { kind: 'answer', status, defect: 'the body is empty' };
  const text = bytes.toString('utf8');
  // Decoding never fails, it substitutes; only a substitute makes the exact check worth its price.
  if (text.includes('\uFFFD') && !isUtf8(bytes)) {
    return defective(status, 'the body is not UTF-8', text);
  }
  const parsed = parse(text, format);
  if (typeof parsed === 'string') return defective(status, parsed, text);
  const { value } = parsed;
  if (!isObject(value)) return defective(status, `the body is ${nameOf(value)}, not a JSON object`, text);
  if (text.length > shallowLength && isTooDeep(value)) {
    return defective(status, `the body is nested more than ${deepest} levels deep`, text);
  }
  return { kind: 'answer', status, body: value };
}

/** Returns the answer for a body of more than `limit` bytes, which was not read to its end. */
export function oversizedAnswer(status: number, beginning: Buffer, limit: number): Answer {
  return defective(
    status,
    `the body exceeds ${limit} bytes`,
    beginning.toString('utf8', 0, 4 * quotedCharacters),
  );
}
