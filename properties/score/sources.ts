import type { Sequence } from '../sequence.ts';
import { planComplete } from '../complete/complete.ts';
import { probes } from '../complete/probe.ts';
import { defaultLength } from '../generate/sequence-arbitrary.ts';
import { generatorNames, type GeneratorName, sequencesOf } from '../generate/suites.ts';
import { usualAssumptions } from '../machine/assumptions.ts';
import { buildMachine } from '../machine/machine.ts';
import { defaultTables } from '../tables.ts';
import { planTour, writtenOut } from '../tour/tour.ts';
import { regionId } from './detect.ts';

/** Suites that can be scored on one client: those that make sequences without end, and planned ones. */
export const sequenceSources = [...generatorNames, 'tour', 'complete'] as const;
export type SourceName = (typeof sequenceSources)[number];

/** The n-th sequence of a suite; undefined after the last. */
export type Source = (index: number) => Sequence | undefined;

export const otherRegion = 'cn-beijing';
const regions = { region: regionId, otherRegion };
const capabilities = { accountHook: true, interfaceHook: true, routeEntries: true };
const isGenerator = (name: SourceName): name is GeneratorName =>
  (generatorNames as readonly string[]).includes(name);

/** Sequences of these suites as a run sends them to a target that can do everything; made once, for all mutants. */
export function sourceOf(suites: readonly SourceName[], seed: number): Source {
  const made: Sequence[] = [];
  const parts: Source[] = [];
  if (suites.includes('tour')) parts.push(once(() => tourSequences(seed)));
  if (suites.includes('complete')) parts.push(once(() => completeSequences(seed)));
  const generators = suites.filter(isGenerator);
  if (generators.length > 0)
    parts.push(
      sequencesOf(generators, { capabilities, maxLength: defaultLength, maxRouters: 3, ...regions }, seed),
    );
  let part = 0;
  let from = 0;
  return (index) => {
    while (made.length <= index && part < parts.length) {
      const next = parts[part]?.(made.length - from);
      if (next === undefined) {
        part++;
        from = made.length;
      } else made.push(next);
    }
    return made[index];
  };
}

function once(make: () => readonly Sequence[]): Source {
  let made: readonly Sequence[] | undefined;
  return (index) => (made ??= make())[index];
}

function tourSequences(seed: number): readonly Sequence[] {
  const machine = buildMachine({ facts: capabilities, faults: true });
  return planTour(machine).walks.map(
    (walk, index) => writtenOut(machine, walk, regions, seed, index).sequence,
  );
}

/** Without extra states, and what comes before it: for a target that behaves as usual where that is open. */
function completeSequences(seed: number): readonly Sequence[] {
  const usual = buildMachine();
  const walks = probes.map((ids) => ids.map((id) => usual.inputs.findIndex((input) => input.id === id)));
  const { scripts } = planComplete({
    tables: defaultTables(),
    assumptions: usualAssumptions,
    method: 'h',
    extraStates: 0,
    regions,
    seed,
  });
  return [
    ...walks.map((walk, index) => writtenOut(usual, walk, regions, seed, index).sequence),
    ...scripts.map(({ sequence }) => sequence),
  ];
}
