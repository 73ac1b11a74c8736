import { reportWidth } from './layout.ts';
import { paint } from './paint.ts';
import type { ProgramLine } from './record.ts';
import { clip, columns, pad } from './safe-text.ts';

/** Something that happened at one client: a call, or its answer. */
interface Moment {
  readonly at: number;
  readonly client: number;
  readonly text: string;
  readonly diverges: boolean;
}

const between = 2;

/**
 * Returns what several clients did at once as columns side by side, one row for each call and each answer in
 * the order in which they came: between its two a call was under way.
 */
export function lanesText(
  lines: readonly ProgramLine[],
  callText: (line: ProgramLine) => string,
  { color, indent }: { readonly color: boolean; readonly indent: string },
): string[] {
  const { bad, strong, faint } = paint(color);
  const clients = [...new Set(lines.map(({ client = 0 }) => client))].toSorted((a, b) => a - b);
  const width = Math.floor((reportWidth - indent.length + between) / clients.length) - between;
  const moments = lines
    .flatMap((line, index): Moment[] => {
      const { client = 0, order = { sent: 2 * index, answered: 2 * index + 1 }, answer = '' } = line;
      const said = line.diverges ? `${answer} diverges`.trimStart() : answer;
      return [
        { at: order.sent, client, text: callText(line), diverges: false },
        { at: order.answered, client, text: `└ ${said}`, diverges: line.diverges },
      ];
    })
    .toSorted((a, b) => a.at - b.at);
  const row = (cells: readonly string[]): string => (indent + cells.join(' '.repeat(between))).trimEnd();
  const rows = [row(clients.map((client) => strong(pad(`client ${client}`, width))))];
  const underWay = new Set<number>();
  for (const { client, text, diverges } of moments) {
    const cells = clients.map((each) => {
      if (each !== client) return faint(pad(underWay.has(each) ? '│' : '', width));
      const cell = clip(text, width);
      return diverges ? bad(cell) + ' '.repeat(width - columns(cell)) : pad(cell, width);
    });
    if (text.startsWith('└')) underWay.delete(client);
    else underWay.add(client);
    rows.push(row(cells));
  }
  return rows;
}
