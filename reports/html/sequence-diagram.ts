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
    markup`<rect class="head" x="${place - 48}" y="6" width="96" height="24" rx="6" /><text class="who" x="${place}" y="22">${name}</text>`;
  const places = [...clients.map(x), target];
  const calls = messages.flatMap((message, row) =>
    message.wide === true ? [] : [arrow(message, x(message.client), target, y(row))],
  );
  const all = clients.flatMap((client) => spans(messages, client));
  const bars = (bad: boolean): readonly string[] =>
    all
      .filter(({ diverges }) => diverges === bad)
      .map(({ client, first, last }) => `M${x(client)} ${y(first)}V${y(last)}`);
  const looks = ['to', 'back', 'bad'] as const;
  // What looks the same is one path: a page of hundreds of diagrams opens in half the time that an element for each
  // line takes.
  return markup`<svg class="sequence" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">
    ${path(
      'life',
      places.map((place) => `M${place} ${headHeight}V${height - 4}`),
    )}
    ${clients.map((client) => lane(x(client), several ? (client === 0 ? 'before, after' : `client ${client}`) : 'client'))}${lane(target, 'target')}
    ${path('bar', bars(false))}${path('bar bad', bars(true))}
    ${looks.map((look) => {
      const those = calls.filter((call) => call.look === look);
      return [
        path(
          `line ${look}`,
          those.map(({ line }) => line),
        ),
        path(
          `tip ${look}`,
          those.map(({ tip }) => tip),
        ),
      ];
    })}
    ${messages.map((message, row) => said(message, x(message.client), target, y(row)))}
  </svg>`;
}

function path(look: string, parts: readonly string[]): Markup | undefined {
  return parts.length === 0 ? undefined : markup`<path class="${look}" d="${parts.join('')}" />`;
}

/** What a message is drawn as: there, back, or back with what diverges. */
const lookOf = ({ back, diverges }: Message): 'to' | 'back' | 'bad' =>
  back ? (diverges ? 'bad' : 'back') : 'to';

function arrow(
  message: Message,
  from: number,
  target: number,
  y: number,
): { readonly look: 'to' | 'back' | 'bad'; readonly line: string; readonly tip: string } {
  const [start, end] = message.back ? [target, from + 5] : [from + 5, target];
  return {
    look: lookOf(message),
    line: `M${start} ${y}H${end}`,
    tip: `M${end} ${y}l${message.back ? 7 : -7}-4v8z`,
  };
}

function said(message: Message, from: number, target: number, y: number): Markup {
  const { text, back, wide } = message;
  if (wide === true)
    return markup`<text class="pause" x="${(from + target) / 2}" y="${y}">${clip(text, 60)}</text>`;
  const short = clip(text, 46);
  const title = short !== text && markup`<title>${text}</title>`;
  const look = lookOf(message);
  if (!back) return markup`<text x="${target - targetGap + 16}" y="${y - 5}">${title}${short}</text>`;
  return markup`<text class="${look}" x="${target - 10}" y="${y - 5}">${title}${look === 'bad' ? `✕ ${short}` : short}</text>`;
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
