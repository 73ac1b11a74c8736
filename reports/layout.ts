import { clip, columns, pad, safe } from './safe-text.ts';

/** Columns of a report: fits a terminal beside another, and a CI log. */
export const reportWidth = 100;

/** Breaks a word that no line can hold. */
function pieces(word: string, width: number): string[] {
  if (columns(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of word) {
    const needs = columns(character);
    if (used + needs > width) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += needs;
  }
  return [...parts, part];
}

/** Returns `text`, made safe, as lines of at most `width` columns, broken at blanks. Always one at least. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of safe(text)
    .split(' ')
    .flatMap((each) => pieces(each, width))) {
    if (line === '') line = word;
    else if (columns(line) + 1 + columns(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** Returns a label and, beside it, text that wraps under its own beginning; `most` lines at most. */
export function field(label: string, text: string, indent = 2, labelWidth = 12, most = 6): string[] {
  const width = reportWidth - indent - labelWidth;
  const all = wrap(text.length > most * width ? `${text.slice(0, most * width)}…` : text, width);
  const lines =
    all.length > most ? [...all.slice(0, most - 1), clip(all.slice(most - 1).join(' '), width)] : all;
  const beside = pad(label === '' ? '' : clip(label, labelWidth - 1), labelWidth);
  return lines.map(
    (line, index) => ' '.repeat(indent) + (index === 0 ? beside : ' '.repeat(labelWidth)) + line,
  );
}

/** Like {@link field}, for text without words, such as JSON: lines are filled to their end. */
export function block(label: string, text: string, most: number): string[] {
  const [indent, labelWidth] = [2, 12];
  const width = reportWidth - indent - labelWidth;
  const [first = '', ...rest] = pieces(clip(text, width * most), width);
  const under = ' '.repeat(indent + labelWidth);
  return [' '.repeat(indent) + pad(label, labelWidth) + first].concat(rest.map((line) => under + line));
}

/** Returns short words side by side, as many as fit on a line, each in a column of its own. */
export function inColumns(texts: readonly string[], indent = 4): string[] {
  const words = texts.map((text) => clip(text, 40));
  const cell = Math.max(1, ...words.map(columns)) + 2;
  const perLine = Math.max(1, Math.floor((reportWidth - indent + 2) / cell));
  const lines: string[] = [];
  for (let start = 0; start < words.length; start += perLine) {
    const line = words.slice(start, start + perLine).map((word) => pad(word, cell));
    lines.push((' '.repeat(indent) + line.join('')).trimEnd());
  }
  return lines;
}

/** Returns a number with blanks between the thousands. */
export function grouped(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

/** Returns `3 sequences`, `1 sequence`. */
export function counted(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;
}
