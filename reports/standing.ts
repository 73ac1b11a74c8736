import { counted } from './layout.ts';
import type { BaselineResult, DivergenceRecord, RunRecord } from './record.ts';

export type BaselineEntry = BaselineResult['entries'][number];

/**
 * What a run comes to, once known divergences are taken into account. known: it diverges, and all of it is
 * listed as known. outdated: nothing diverges that is not listed, but the list is stale or expired.
 */
export type Standing = 'conforms' | 'known' | 'diverges' | 'outdated' | 'inconclusive';

/** Returns the entry that lists a divergence, also one that is past its date, if there is any. */
export function entryFor({ baseline }: RunRecord, { id }: DivergenceRecord): BaselineEntry | undefined {
  const listing = baseline?.entries.filter(({ divergences }) => divergences.includes(id)) ?? [];
  return listing.find(({ outcome }) => outcome === 'known') ?? listing[0];
}

export function isKnown(record: RunRecord, divergence: DivergenceRecord): boolean {
  return entryFor(record, divergence)?.outcome === 'known';
}

/** Returns the divergences that are not known, and those that are. */
export function byKnown(record: RunRecord): {
  unknown: readonly DivergenceRecord[];
  known: readonly DivergenceRecord[];
} {
  return {
    unknown: record.divergences.filter((each) => !isKnown(record, each)),
    known: record.divergences.filter((each) => isKnown(record, each)),
  };
}

/** Returns the entries that have to be changed before the run can pass. */
export function outdatedEntries({ baseline }: RunRecord): readonly BaselineEntry[] {
  return baseline?.entries.filter(({ outcome }) => outcome === 'stale' || outcome === 'expired') ?? [];
}

export function standingOf(record: RunRecord): Standing {
  const { verdict, baseline, divergences, ended } = record;
  if (baseline === undefined) return verdict;
  if (byKnown(record).unknown.length > 0) return 'diverges';
  if (outdatedEntries(record).length > 0) return 'outdated';
  // What is known stands in the way of no verdict, but a run that was cut short is none.
  if (verdict === 'inconclusive' || ended !== undefined) return 'inconclusive';
  return divergences.length > 0 ? 'known' : verdict;
}

/** Returns the standing in a word and a sentence, without the target's name. */
export function headline(record: RunRecord): { word: string; text: string } {
  const { divergences, ended } = record;
  const { known } = byKnown(record);
  const standing = standingOf(record);
  switch (standing) {
    case 'conforms':
      return { word: 'CONFORMS', text: 'no divergence found' };
    case 'known':
      return {
        word: 'KNOWN',
        text: `${counted(divergences.length, 'divergence')}, ${divergences.length === 1 ? 'which is' : 'all of them'} listed as known`,
      };
    case 'diverges': {
      const some = known.length === 0 ? '' : `, ${known.length} of them known`;
      return { word: 'DIVERGES', text: `${counted(divergences.length, 'divergence')}${some}` };
    }
    case 'outdated':
      return {
        word: 'OUT OF DATE',
        text: 'nothing new diverges, but the list of known ones must change',
      };
    case 'inconclusive':
    default: {
      const found = known.length === 0 ? 'no divergence found' : 'no divergence found but known ones';
      return {
        word: 'INCONCLUSIVE',
        text: ended === undefined ? 'nothing could be judged' : `${found}, but not all was tried`,
      };
    }
  }
}

/** Returns why a divergence is listed, with the link and the dates. */
export function whyKnown({ reason, link, since, until }: BaselineEntry): string {
  return [
    reason,
    ...(link === undefined ? [] : [link]),
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
  ].join(', ');
}

/** Returns what is to be done about an entry, if anything. */
export function whatToDo({ file }: BaselineResult, entry: BaselineEntry): string | undefined {
  const { line, match, outcome, until } = entry;
  switch (outcome) {
    case 'stale':
      return `stale: ${match} conforms now; remove the entry at line ${line} of ${file}`;
    case 'expired':
      return `expired: ${match} was to be gone by ${until ?? 'then'}; mend it, or change the entry at line ${line} of ${file}`;
    case 'known':
    case 'not exercised':
    default:
      return undefined;
  }
}
