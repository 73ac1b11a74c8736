import { grouped } from '../layout.ts';
import type { RunRecord } from '../record.ts';
import { markup, type Markup } from './markup.ts';
import { byKnown, standingOf } from '../standing.ts';
import { look, nameOf, plural } from './words.ts';

/** What came of it in a word and a sentence, for someone who has never seen the tool. */
function wordsFor(record: RunRecord): { readonly title: string; readonly says: string } {
  const { divergences, rules, ended } = record;
  const { unknown, known } = byKnown(record);
  const held = rules.filter((rule) => rule.verdict === 'conforms').length;
  const besides =
    known.length === 0
      ? ''
      : ` ${plural(known.length, 'divergence')} more ${known.length === 1 ? 'is' : 'are'} listed as known.`;
  const standing = standingOf(record);
  switch (standing) {
    case 'conforms':
      return {
        title: 'Conforms',
        says: `Every answer was among those that the documents permit. ${plural(held, 'rule')} held wherever they were put to the test.`,
      };
    case 'diverges':
      return {
        title: 'Diverges',
        says:
          unknown.length === 1
            ? `The target behaves otherwise than documented in one way. The shortest program that shows it is below.${besides}`
            : `The target behaves otherwise than documented in ${unknown.length} ways. The shortest program that was found for each is below.${besides}`,
      };
    case 'known':
      return {
        title: 'Known divergences',
        says: `The target behaves otherwise than documented in ${plural(divergences.length, 'way')}, and all of it is listed as known.`,
      };
    case 'outdated':
      return {
        title: 'List out of date',
        says: 'Nothing diverges that is not listed as known, but the list has entries that must be changed.',
      };
    case 'inconclusive':
    default:
      return {
        title: 'Inconclusive',
        says:
          ended === undefined
            ? 'Nothing could be judged.'
            : 'Nothing unknown was found, but not all was tried.',
      };
  }
}

interface Figure {
  readonly value: string;
  readonly of?: string;
  readonly label: string;
  readonly share?: number;
}

function figures({ divergences, rules, coverage, counts }: RunRecord): Figure[] {
  const testable = rules.filter(({ verdict }) => verdict !== 'not testable');
  const exercised = testable.filter(({ verdict }) => verdict !== 'not exercised');
  const share = (part: number, whole: number): { readonly of: string; readonly share: number } => ({
    of: grouped(whole),
    share: whole === 0 ? 1 : part / whole,
  });
  const { transitions, refusals } = coverage;
  return [
    { value: grouped(divergences.length), label: divergences.length === 1 ? 'divergence' : 'divergences' },
    {
      value: grouped(exercised.length),
      ...share(exercised.length, testable.length),
      label: 'rules put to the test',
    },
    {
      value: grouped(transitions.covered),
      ...share(transitions.covered, transitions.total),
      label: 'transitions taken',
    },
    { value: grouped(refusals.covered), ...share(refusals.covered, refusals.total), label: 'refusals seen' },
    { value: grouped(counts.commands), label: `commands judged in ${counts.seconds.toFixed(1)} s` },
  ];
}

function meter({ share }: Figure): Markup | undefined {
  if (share === undefined) return undefined;
  const width = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return markup`<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="4" rx="2" />
    <rect class="fill" width="${width}" height="4" rx="2" />
  </svg>`;
}

function facts({ target, client, edition, editionsThatFit, seed, startedAt, shard }: RunRecord): Markup[] {
  const when = startedAt?.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['Through', client === undefined ? undefined : `${client.name} ${client.version}`],
    [
      'Edition',
      edition === 'any'
        ? `any${editionsThatFit.length > 0 ? `; ${editionsThatFit.join(', ')} fit` : ''}`
        : edition,
    ],
    ['Seed', String(seed)],
    ['Begun', when],
    ['Shard', shard === undefined ? undefined : `${shard.index} of ${shard.count}`],
  ];
  return [
    markup`<div class="wide">
      <dt>Target</dt>
      <dd><code>${target}</code></dd>
    </div>`,
    ...pairs.flatMap(([name, value]) =>
      value === undefined
        ? []
        : [
            markup`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
          ],
    ),
  ];
}

/** The verdict, what it means, and the figures it rests on; `which` of several targets it is, counted from 1. */
export function summary(record: RunRecord, which?: { readonly at: number; readonly of: number }): Markup {
  const { ended } = record;
  const { tone, sign } = look(standingOf(record));
  const { title: word, says } = wordsFor(record);
  const title = markup`<span class="sign" aria-hidden="true">${sign}</span>${word}`;
  return markup`<header class="summary ${tone}">
    <p class="what">Conformance to Alibaba Cloud’s router-interface API, Vpc 2016-04-28${which !== undefined && markup`<b>Target ${which.at} of ${which.of}: ${nameOf(record)}</b>`}</p>
    ${which !== undefined ? markup`<h2 class="verdict">${title}</h2>` : markup`<h1 class="verdict">${title}</h1>`}
    <p class="says">${says}</p>
    ${ended !== undefined && markup`<p class="says open">The run ended early: ${ended}.</p>`}
    <ul class="figures">
      ${figures(record).map(
        (figure) =>
          markup`<li>
            <span class="value">${figure.value}${figure.of !== undefined && markup`<small> of ${figure.of}</small>`}</span><span class="label">${figure.label}</span>${meter(figure)}
          </li>`,
      )}
    </ul>
    <dl class="facts">${facts(record)}</dl>
  </header>`;
}
