import { clip } from '../safe-text.ts';
import type { ChartRecord, ChartTransition, DivergenceRecord, RunRecord } from '../record.ts';

/** One transition, or several that are alike but for details that Describe does not show. */
export interface EdgeLine {
  readonly text: string;
  /** What it takes besides the event: the reading of the documents that the target chose. */
  readonly details: Set<string>;
  count: number;
  readonly ids: string[];
  /** Divergences that sit here. */
  readonly divergences: Set<string>;
  /** Why it could not be taken, where that is known. */
  excuse?: string;
  /** It was taken, or should have been. */
  open?: boolean;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly lines: EdgeLine[];
}

/** A status, with what can be refused there. */
export interface Place {
  readonly label: string;
  readonly transitional: boolean;
  refusals: number;
  refused: number;
  readonly divergences: Set<string>;
}

export interface ChartShown {
  readonly places: readonly Place[];
  readonly edges: readonly Edge[];
  /** Divergences that sit in no status, or in all. */
  readonly anywhere: ReadonlySet<string>;
}

const eventOf = ({ label }: ChartTransition): string => label.split(' ')[0] ?? '';

/** `ConnectRouterInterface` is `CONNECT`, `ModifyRouterInterfaceSpec` is `MODIFY_SPEC`. */
const eventOfOperation = (operation: string): string =>
  operation
    .replace('RouterInterfaces', 'List')
    .replace('RouterInterface', '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toUpperCase();

/** `PEER_DEACTIVATES` in words: `peer deactivates`; operations begin with a capital. */
function inWords(transition: ChartTransition): string {
  const words = clip(eventOf(transition).replaceAll('_', ' ').toLowerCase(), 40);
  return transition.kind === 'accept' ? `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}` : words;
}

/** Ids of divergences by the transitions at which they sit: those that rest on the rules that are broken. */
function divergencesAt(
  { transitions }: ChartRecord,
  divergences: readonly DivergenceRecord[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { id, rules, operation, kind } of divergences) {
    const anyEvent = kind === 'field' || kind === 'inconsistent';
    const event = eventOfOperation(operation);
    for (const transition of transitions) {
      if (!anyEvent && eventOf(transition) !== event) continue;
      // What was accepted against a rule went the way that it must not go.
      const wrongly = kind === 'accepted' && transition.kind === 'accept';
      if (!wrongly && !transition.rules.some((rule) => rules.includes(rule))) continue;
      const ids = found.get(transition.id) ?? new Set<string>();
      found.set(transition.id, ids.add(id));
    }
  }
  return found;
}

/** The chart by the statuses that Describe shows, with how often each transition was taken. */
export function chartShown(chart: ChartRecord, { coverage, divergences }: RunRecord): ChartShown {
  const counts = new Map<string, number>();
  const excuses = new Map<string, string>();
  for (const { exercised = [], missing } of [coverage.transitions, coverage.refusals]) {
    for (const { id, count } of exercised) counts.set(id, count);
    for (const { id, reason } of missing) if (reason !== undefined) excuses.set(id, reason);
  }
  const sitting = divergencesAt(chart, divergences);
  const places = new Map<string, Place>();
  for (const { label, transitional } of chart.states) {
    const known = places.get(label);
    const lasting = transitional !== true || known?.transitional === false;
    places.set(label, {
      label,
      transitional: !lasting,
      refusals: 0,
      refused: 0,
      divergences: known?.divergences ?? new Set(),
    });
  }
  const labelOf = (name: string): string => chart.states.find((state) => state.name === name)?.label ?? name;
  const labelsOf = (from: string): string[] => {
    const states = chart.states.filter(({ name }) => name === from || name.startsWith(`${from}.`));
    return [...new Set(states.map(({ label }) => label))];
  };
  const edges = new Map<string, Edge>();
  const anywhere = new Set<string>();
  for (const transition of chart.transitions) {
    const { id, from, to, kind } = transition;
    const count = counts.get(id) ?? 0;
    const here = sitting.get(id) ?? new Set<string>();
    const sources = labelsOf(from);
    if (sources.length === 0) for (const each of here) anywhere.add(each);
    for (const source of sources) {
      const place = places.get(source);
      if (place === undefined) continue;
      if (kind === 'refusal') {
        if (!excuses.has(id)) place.refusals += 1;
        if (count > 0) place.refused += 1;
      }
      if (to === undefined) {
        for (const each of here) place.divergences.add(each);
        continue;
      }
      const target = labelOf(to);
      const key = JSON.stringify([source, target]);
      const edge = edges.get(key) ?? { from: source, to: target, lines: [] };
      edges.set(key, edge);
      const text = inWords(transition);
      let line = edge.lines.find((each) => each.text === text);
      if (line === undefined)
        edge.lines.push((line = { text, details: new Set(), count: 0, ids: [], divergences: new Set() }));
      const detail = transition.label.slice(eventOf(transition).length).trim();
      if (detail !== '') line.details.add(detail);
      line.count += count;
      line.ids.push(id);
      for (const each of here) line.divergences.add(each);
      const excuse = excuses.get(id);
      if (excuse !== undefined) line.excuse = excuse;
      if (excuse === undefined || count > 0) line.open = true;
    }
  }
  return { places: [...places.values()], edges: [...edges.values()], anywhere };
}
