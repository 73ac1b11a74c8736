import type { Bench, OpenBench } from '../../adapters/faults/bench.ts';
import { notModelled } from '../../model/spec/not-modelled.ts';
import { operationByName } from '../../model/spec/operations.ts';
import { textOf } from '../../model/text.ts';
import { judgedOperations } from '../../model/vocabulary.ts';
import type { BehaviourRecord, Facts } from '../../reports/behaviour.ts';
import { type ErrorProgram, errorPrograms, variants } from './error-programs.ts';
import { region } from './situations.ts';
import { bringAbout, paramsOf, perform, withBench } from './stage.ts';
import { viewFacts } from './view-facts.ts';

interface Refusal {
  readonly operation: string;
  readonly code: string;
}

export interface MeasuredErrors {
  readonly seen: Readonly<Record<string, Facts>>;
  readonly notProvoked: BehaviourRecord['notProvoked'];
}

/** Returns the code that the target itself refuses with; undefined when it does not refuse. */
async function codeFrom(bench: Bench, { before, refused }: ErrorProgram): Promise<string | undefined> {
  const { bindings } = await bringAbout(bench, before);
  const observation = await bench.target.call(refused.operation, paramsOf(refused, bindings));
  if (observation.kind !== 'answer' || observation.status < 400) return undefined;
  return textOf(observation.body?.['Code']);
}

function idOf({ operation, code }: Refusal): string {
  return `${operation} ${code}`;
}

/** Programs that end alike are run once, under the first variant of the target that gives the code. */
async function measurePrograms(
  bench: Bench,
  programs: readonly ErrorProgram[],
  seen: Record<string, Facts>,
): Promise<void> {
  for (const program of programs) {
    const { operation } = program.refused;
    const code = await codeFrom(bench, program);
    if (code === undefined || Object.hasOwn(seen, idOf({ operation, code }))) continue;
    const { bindings } = await bringAbout(bench, program.before);
    const { view, attempts } = await perform(bench, operation, paramsOf(program.refused, bindings));
    const wire = attempts.at(-1)?.answered;
    seen[idOf({ operation, code })] = {
      httpStatus: wire?.status ?? 'no answer',
      attempts: attempts.length,
      ...viewFacts(view, attempts),
    };
  }
}

/** What stands before every operation: the key and the signature. */
const gatewayCases = [
  { name: 'gateway InvalidAccessKeyId.NotFound', key: { accessKeyId: 'nobody' } },
  { name: 'gateway SignatureDoesNotMatch', key: { accessKeySecret: 'wrong' } },
] as const;

async function measureGateway(openBench: OpenBench, seen: Record<string, Facts>): Promise<void> {
  for (const { name, key } of gatewayCases) {
    await withBench(
      () => openBench(key),
      async (bench) => {
        const { view, attempts } = await perform(bench, 'DescribeRouterInterfaces', { RegionId: region });
        seen[name] = { attempts: attempts.length, ...viewFacts(view, attempts) };
      },
    );
  }
}

type Row = ReturnType<typeof operationByName>['errors'][number];

/** Why no program leads to a row of an error table, where that is known beforehand. */
function outOfReach(row: Row): string | undefined {
  if (row.unclaimed !== undefined) return row.unclaimed;
  const rules = new Set([...row.rules, ...row.alsoFits.map(({ rule }) => rule)]);
  const reasons = notModelled.filter(({ rule }) => rules.has(rule)).map(({ reason }) => reason);
  return reasons.length < rules.size ? undefined : [...new Set(reasons)].join('; ');
}

function isSeen(operation: string, row: Row, seen: Readonly<Record<string, Facts>>): boolean {
  const id = idOf({ operation, code: row.code });
  return row.match === 'prefix'
    ? Object.keys(seen).some((each) => each.startsWith(id))
    : Object.hasOwn(seen, id);
}

/** Returns the documented errors of the judged operations that are not in `seen`, with the reason. */
export function errorsNotProvoked(seen: Readonly<Record<string, Facts>>): BehaviourRecord['notProvoked'] {
  const missing = new Map<string, { operation: string; code: string; reason: string }>();
  for (const operation of judgedOperations) {
    for (const row of operationByName(operation).errors) {
      const id = idOf({ operation, code: row.code });
      if (isSeen(operation, row, seen) || missing.has(id)) continue;
      const rules = [...row.rules, ...row.alsoFits.map(({ rule }) => rule)].join(', ');
      const reason =
        outOfReach(row) ?? `the emulator answers what breaks ${rules} with another documented code`;
      missing.set(id, { operation, code: row.code, reason });
    }
  }
  return [...missing.values()];
}

/** Returns the programs that may lead to something new in an edition. */
function worthwhile(edition: string, seen: Readonly<Record<string, Facts>>): readonly ErrorProgram[] {
  const open = judgedOperations.filter((operation) =>
    operationByName(operation).errors.some(
      (row) =>
        row.editions.some((each) => each === edition) &&
        outOfReach(row) === undefined &&
        !isSeen(operation, row, seen),
    ),
  );
  return errorPrograms.filter(({ refused }) => open.some((operation) => operation === refused.operation));
}

/** Returns what the caller sees of every documented error that the target can be brought to give. */
export async function measureErrors(openBench: OpenBench): Promise<MeasuredErrors> {
  const seen: Record<string, Facts> = {};
  await measureGateway(openBench, seen);
  await withBench(openBench, async (bench) => {
    for (const [index, variant] of variants.entries()) {
      const programs = index === 0 ? errorPrograms : worthwhile(variant.edition, seen);
      if (programs.length === 0) continue;
      await bench.renewTarget(variant);
      await measurePrograms(bench, programs, seen);
    }
  });
  return { seen, notProvoked: errorsNotProvoked(seen) };
}
