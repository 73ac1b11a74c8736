import { safe } from './safe-text.ts';

/** What means something to Markdown or to GitHub: mentions, references, emoji and formulas included. */
const special = /[\\`*_[\](){}<>&~|!$^@#:=+"']/g;

/** Returns `text` for the middle of a line, a cell or a title: plain text, whatever it holds. */
export function markdownText(text: string): string {
  return safe(text)
    .replaceAll(special, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/www\./gi, (match) => `${match.slice(0, -1)}&#46;`);
}

/** The same in the letters of code. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}

/** Returns lines, made safe, in a block of code that none of them can end. */
export function codeBlock(lines: readonly string[], language = 'text'): string[] {
  const inside = lines.map(safe);
  const longest = Math.max(0, ...inside.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, ...inside, fence];
}

/** Returns rows of finished cells as a table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}
