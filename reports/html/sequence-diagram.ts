import { shownProgram } from '../program.ts';
import type { ProgramLine } from '../record.ts';
import { clip } from '../safe-text.ts';
import { markup, type Markup } from './markup.ts';

/** A message between a client and the target. */
interface Message {
  readonly at: number;
  readonly client: number;
  readonly text: string;
  readonly back: boolean;
  readonly diverges: boolean;
  /** Nobody in particular: what happens to all of them. */
  readonly wide?: boolean;
}

const rowHeight = 24;
const headHeight = 34;
const laneWidth = 150;
const targetGap = 330;
const mostLines = 60;

function messagesOf(program: readonly ProgramLine[]): Message[] {
  const { lines } = shownProgram(program);
  const messages: Message[] = [];
  let at = 0;
  let latest = 0;
  for (const { line, name, short } of lines) {
    const { client = 0, order, answer = '', diverges, kind } = line;
    const text = name !== '' && !short.startsWith(name) ? `${name} = ${short}` : short;
    if (kind !== 'call') {
      messages.push({ at: at++, client: 0, text, back: false, diverges: false, wide: true });
      continue;
    }
    // Within a race the counts of calls and answers tell the order; all of it comes after what was before.
    const sent = order === undefined ? at : at + order.sent;
    const answered = order === undefined ? at + 1 : at + order.answered;
    messages.push({ at: sent, client, text, back: false, diverges });
    if (answer !== '') messages.push({ at: answered, client, text: answer, back: true, diverges });
    latest = Math.max(latest, answered + 1);
    if (order === undefined) at = Math.max(latest, at + 2);
  }
  return messages.toSorted((a, b) => a.at - b.at);
}

/** A program as a picture: one lane for each client, one for the target, time going down. */
export function sequenceDiagram(program: readonly ProgramLine[], label: string): Markup | undefined {
  if (program.length === 0 || program.length > mostLines) return undefined;
  const several = program.some(({ client }) => client !== undefined);
  const messages = messagesOf(program);
  const clients = [
    ...new Set(messages.filter(({ wide }) => wide !== true).map(({ client }) => client)),
  ].toSorted((a, b) => a - b);
  const x = (client: number): number => 60 + Math.max(0, clients.indexOf(client)) * laneWidth;
  const target = x(clients.at(-1) ?? 0) + targetGap;
  const width = target + 60;
  const height = headHeight + messages.length * rowHeight + 14;
  const y = (row: number): number => headHeight + row * rowHeight + 16;
  const lane = (place: number, name: string): Markup =>
    markup`<line class="life" x1="${place}" x2="${place}" y1="${headHeight}" y2="${height - 4}" /><rect
        class="head"
        x="${place - 48}"
        y="6"
        width="96"
        height="24"
        rx="6"
      /><text class="who" x="${place}" y="22" text-anchor="middle">${name}</text>`;
  const bars = clients
    .flatMap((client) => spans(messages, client))
    .map(
      ({ client, first, last, diverges }) =>
        markup`<rect
          class="bar${diverges ? ' bad' : ''}"
          x="${x(client) - 4}"
          y="${y(first) - 4}"
          width="8"
          height="${Math.max(8, (last - first) * rowHeight + 8)}"
          rx="3"
        />`,
    );
  return markup`<svg
    class="sequence"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-label="${label}"
  >
    ${clients.map((client) => lane(x(client), several ? (client === 0 ? 'before, after' : `client ${client}`) : 'client'))}${lane(target, 'target')}${bars}
    ${messages.map((message, row) => drawn(message, x(message.client), target, y(row)))}
  </svg>`;
}

function drawn({ text, back, diverges, wide }: Message, from: number, target: number, y: number): Markup {
  if (wide === true)
    return markup`<text class="pause" x="${(from + target) / 2}" y="${y}" text-anchor="middle">${clip(text, 60)}</text>`;
  const tone = diverges && back ? ' bad' : '';
  const [start, end] = back ? [target, from + 5] : [from + 5, target];
  const tip = back ? end + 7 : end - 7;
  const said = clip(text, 46);
  return markup`<g class="message${tone}${back ? ' back' : ''}">${said !== text && markup`<title>${text}</title>`}<line x1="${start}" x2="${end}" y1="${y}" y2="${y}" /><path
      d="M${end},${y}L${tip},${y - 4}L${tip},${y + 4}Z"
    /><text
      x="${back ? target - 10 : target - targetGap + 16}"
      y="${y - 5}"
      text-anchor="${back ? 'end' : 'start'}"
      >${tone === '' ? said : `✕ ${said}`}</text></g>`;
}

/** When calls of a client were under way, by rows. */
function spans(
  messages: readonly Message[],
  client: number,
): { client: number; first: number; last: number; diverges: boolean }[] {
  const found: { client: number; first: number; last: number; diverges: boolean }[] = [];
  for (const [row, message] of messages.entries()) {
    if (message.client !== client || message.wide === true) continue;
    const open = found.at(-1);
    if (message.back && open !== undefined) open.last = row;
    else found.push({ client, first: row, last: row, diverges: message.diverges });
  }
  return found;
}
