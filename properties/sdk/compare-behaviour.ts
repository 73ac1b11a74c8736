import {
  type BehaviourDifference,
  type BehaviourRecord,
  type Fact,
  type Facts,
  type SectionName,
  sectionTitles,
  severities,
  type Severity,
} from '../../reports/behaviour.ts';

const absent = 'absent';

function shown(fact: Fact | undefined): string {
  if (fact === undefined) return absent;
  return typeof fact === 'object' ? fact.join('; ') : String(fact);
}

function listOf(fact: Fact | undefined): readonly string[] {
  return typeof fact === 'object' ? fact : [];
}

/** What a caller gets in a body may be lost or changed; its type is one thing, its value another. */
function ofBody(before: Fact | undefined, after: Fact | undefined): Severity {
  const known = new Set(listOf(before));
  if (typeof after === 'string' && after !== 'as on the wire') return 'breaking';
  const fresh = listOf(after).filter((each) => !known.has(each));
  if (fresh.length === 0) return 'minor'; // nearer to the wire than before
  const harmless = fresh.every((each) => /: added, /.test(each) || typeOnly(each));
  return harmless ? 'notable' : 'breaking';
}

/** Whether a value arrives as another type, and is otherwise the same: `number 12 -> string "12"`. */
function typeOnly(difference: string): boolean {
  const [, before = '', after = ''] = /: \w+ "?([^"]*?)"? -> \w+ "?([^"]*?)"?$/.exec(difference) ?? [];
  return before !== '' && before === after;
}

/** What is told now and was not before harms nobody; the other way round it may. */
function unlessGained(severity: Severity): (before: Fact | undefined) => Severity {
  return (before) => (before === undefined || before === absent ? 'minor' : severity);
}

function always(severity: Severity): () => Severity {
  return () => severity;
}

/** A count of what ought not to be: fewer of them is no harm. */
function unlessFewer(before: Fact | undefined, after: Fact | undefined): Severity {
  return Number(after ?? 0) < Number(before ?? 0) ? 'minor' : 'breaking';
}

function ofLeaks(before: Fact | undefined, after: Fact | undefined): Severity {
  const known = new Set(listOf(before));
  return listOf(after).every((each) => known.has(each)) ? 'minor' : 'breaking';
}

/** Whoever catches the most general error of a language also catches a more special one; not the other way round. */
function ofClass(before: Fact | undefined): Severity {
  return before === 'Error' || before === 'Exception' ? 'notable' : 'breaking';
}

type Rate = (before: Fact | undefined, after: Fact | undefined) => Severity;

const rates: Readonly<Record<string, Rate>> = {
  outcome: (before) => (['hung', 'died', 'gone'].includes(shown(before)) ? 'notable' : 'breaking'),
  class: ofClass,
  isError: (_, after) => (after === true ? 'minor' : 'breaking'),
  code: unlessGained('breaking'),
  status: unlessGained('breaking'),
  requestId: unlessGained('notable'),
  failure: unlessGained('notable'),
  message: always('notable'),
  data: unlessGained('notable'),
  body: ofBody,
  parameters: (_, after) => (after === 'as given' ? 'minor' : 'breaking'),
  leaks: ofLeaks,
  attempts: always('breaking'),
  interfaces: always('breaking'),
  againOutcome: always('breaking'),
  againAttempts: always('breaking'),
  againInterfaces: always('breaking'),
  doubled: unlessFewer,
  gaveUp: unlessFewer,
  hung: unlessFewer,
  // What a target answers is the target's doing, and what follows from the rest is counted there.
  httpStatus: always('minor'),
  requests: always('minor'),
  repeats: always('minor'),
};

function rate(fact: string, before: Fact | undefined, after: Fact | undefined): Severity {
  return (rates[fact] ?? always('notable'))(before, after);
}

/** What can be compared even where one caller got an answer and the other an error. */
const whateverTheOutcome: ReadonlySet<string> = new Set([
  'outcome',
  'attempts',
  'interfaces',
  'againOutcome',
  'againAttempts',
  'againInterfaces',
  'parameters',
]);

/** Returns the names of facts that say something on their own, and do not follow from another outcome. */
function comparable(before: Facts, after: Facts): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (before['outcome'] === after['outcome']) return names;
  // A caller that has its interface does not ask again.
  return names.filter(
    (name) => whateverTheOutcome.has(name) && Object.hasOwn(before, name) && Object.hasOwn(after, name),
  );
}

class Differences {
  readonly #found = new Map<string, BehaviourDifference & { readonly cases: string[] }>();

  add(severity: Severity, section: string, fact: string, before: string, after: string, id?: string): void {
    const key = JSON.stringify([severity, section, fact, before, after]);
    const known = this.#found.get(key) ?? { severity, section, fact, before, after, cases: [] };
    if (id !== undefined) known.cases.push(id);
    this.#found.set(key, known);
  }

  facts(section: string, before: Facts, after: Facts, id?: string, severity?: Severity): void {
    for (const fact of comparable(before, after)) {
      const [one, other] = [before[fact], after[fact]];
      if (shown(one) === shown(other)) continue;
      this.add(severity ?? rate(fact, one, other), section, fact, shown(one), shown(other), id);
    }
  }

  get sorted(): readonly BehaviourDifference[] {
    const place = (each: BehaviourDifference): number => severities.indexOf(each.severity);
    return [...this.#found.values()].toSorted((a, b) => place(a) - place(b));
  }
}

/**
 * Returns how behaviour differs from one record to another, the gravest first; like differences of several
 * cases are one. Versions, and what could not be provoked, are not behaviour.
 */
export function compareBehaviour(
  before: BehaviourRecord,
  after: BehaviourRecord,
): readonly BehaviourDifference[] {
  const found = new Differences();
  for (const section of Object.keys(sectionTitles) as SectionName[]) {
    const [old, fresh] = [before.sections[section], after.sections[section]];
    for (const id of [...new Set([...Object.keys(old), ...Object.keys(fresh)])].toSorted()) {
      const [one, other] = [old[id], fresh[id]];
      if (one !== undefined && other !== undefined) found.facts(section, one, other, id);
      else found.add('minor', section, 'case', one ? 'measured' : absent, other ? 'measured' : absent, id);
    }
  }
  found.facts('wire', before.wire, after.wire, undefined, 'notable');
  found.facts('settings', { ...before.settings }, { ...after.settings }, undefined, 'minor');
  return found.sorted;
}
