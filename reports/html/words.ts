import type { RuleVerdict, RunRecord } from '../record.ts';
import type { Standing } from '../standing.ts';
import { grouped } from '../layout.ts';
import { markup, type Markup } from './markup.ts';

/** What a verdict looks like: colour by class, sign and word, so that no meaning hangs on colour alone. */
const looks: Readonly<Record<RuleVerdict | Standing, { readonly tone: string; readonly sign: string }>> = {
  conforms: { tone: 'good', sign: '✓' },
  diverges: { tone: 'bad', sign: '✕' },
  contested: { tone: 'open', sign: '◐' },
  known: { tone: 'open', sign: '◐' },
  outdated: { tone: 'bad', sign: '!' },
  inconclusive: { tone: 'open', sign: '?' },
  'not exercised': { tone: 'none', sign: '–' },
  'not testable': { tone: 'none', sign: '⊘' },
};

export const ruleVerdicts: readonly RuleVerdict[] = [
  'diverges',
  'contested',
  'conforms',
  'not exercised',
  'not testable',
];

/** Returns how a verdict is shown; a record of another version may know other words. */
export function look(verdict: string): { readonly tone: string; readonly sign: string } {
  const known: Readonly<Record<string, { readonly tone: string; readonly sign: string }>> = looks;
  return (Object.hasOwn(known, verdict) ? known[verdict] : undefined) ?? { tone: 'none', sign: '?' };
}

export function chip(verdict: string): Markup {
  const { tone, sign } = look(verdict);
  return markup`<span class="chip ${tone}"><span aria-hidden="true">${sign}</span> ${verdict}</span>`;
}

export function plural(value: number, noun: string, several = `${noun}s`): string {
  return `${grouped(value)} ${value === 1 ? noun : several}`;
}

/** `ConnectRouterInterface` is `Connect`: the rest is the same in all of them. */
export function shortName(operation: string): string {
  return operation
    .replace('RouterInterfaces', ' list')
    .replace('RouterInterface', ' ')
    .replace(/ $/, '')
    .replace('  ', ' ')
    .trim();
}

/** What a record is called where several stand side by side. */
export function nameOf({ target, client, edition }: RunRecord): string {
  return `${target}${client === undefined ? '' : ` · ${client.name} ${client.version}`} · edition ${edition}`;
}
