/**
 * Text from a target, made fit to print. A target can answer with anything, and a terminal obeys
 * escape sequences wherever they come from.
 */

/**
 * Controls, invisible and reordering format characters, lone surrogates, line and paragraph separators, and
 * what is no character at all: with that, everything that XML 1.0 forbids.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Returns `text` on one line, with every character that is not plainly visible written as an escape. */
export function safe(text: string): string {
  return text.replaceAll(
    unprintable,
    (character) => named[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Returns `text` made safe line by line: for formats in which a text may have several. */
export function safeLines(text: string): string {
  return text.split('\n').map(safe).join('\n');
}

const combining = /\p{M}/u;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Returns how many terminal columns safe text takes. */
export function columns(text: string): number {
  let count = 0;
  for (const character of text) {
    if (character < '\u0300') count += 1;
    else if (!combining.test(character)) count += wide.test(character) ? 2 : 1;
  }
  return count;
}

/** Returns `text` made safe and cut to `width` columns, with an ellipsis where something was cut off. */
export function clip(text: string, width: number): string {
  // Far more than fits is never looked at: a body may have megabytes.
  const whole = safe(text.slice(0, width * 4));
  if (text.length <= width * 4 && columns(whole) <= width) return whole;
  let kept = '';
  let used = 1;
  for (const character of whole) {
    used += columns(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Returns safe `text` with blanks up to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}
