import type { Tables } from '../../model/compile.ts';
import { type Call, permitted } from '../../model/permitted.ts';
import { fitsOf } from '../../model/refusals.ts';
import { afterControl, afterRouteCreated, afterRouteDeleted } from '../../model/surroundings.ts';
import { textOf } from '../../model/text.ts';
import { type JudgedOperation, judgedOperations, type Step } from '../../model/vocabulary.ts';
import { findInterface, type World } from '../../model/world.ts';
import { type Judged, readAnswer } from './envelope.ts';
import { explainAnswer, type Explanation } from './explain.ts';
import { fieldFindings, unexpectedAnswer } from './findings.ts';
import { type Finding, fingerprintOf } from './verdict.ts';

const judged: ReadonlySet<string> = new Set(judgedOperations);

/** When something took effect, at the earliest and at the latest (ms). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One step of a race, or after it: what it may lead to, and what is wrong where it leads nowhere. */
export interface RaceStep {
  /** Nothing came back that says whether it took effect. */
  readonly isUnknown: boolean;
  after(world: World): readonly World[];
  /** The same, each outcome by itself, where the model has outcomes for it. */
  explain?(world: World): readonly Explanation[];
  /** What diverges if it is next in these worlds. */
  finding(belief: readonly World[]): Finding;
}

/**
 * Reads one step once, to be tried in many worlds. `rivals` are calls that overlapped it, whatever became
 * of them. Returns the reason where nothing can be said of a race with such a step.
 */
export function raceStep(
  tables: Tables,
  step: Step,
  span: Span,
  rivals: readonly Call[],
): RaceStep | { readonly open: string } {
  const { command, observation } = step;
  if (command.kind === 'settle') return passing((world) => world);
  if (command.kind === 'control') {
    const id = step.sent?.['routerInterfaceId'];
    return passing((world) => afterControl(world, command, id, span.end));
  }
  if (observation === undefined || observation.kind === 'unreachable')
    return { open: `the target could not be reached: ${observation?.cause ?? 'no observation'}` };
  if (observation.kind === 'inexpressible') return passing((world) => world);
  const args = step.sent ?? {};
  const reads = command.operation.startsWith('Describe');
  if (!judged.has(command.operation)) return supporting(tables, step, span);
  const call: Call = { operation: command.operation as JudgedOperation, args };
  if (observation.kind !== 'answer') {
    if (reads) return passing((world) => world);
    return unknown(tables, call, span);
  }
  const reading = readAnswer(observation);
  if (reading.kind === 'unavailable') return reads ? passing((world) => world) : unknown(tables, call, span);
  if (reading.kind === 'unreadable') return { open: `the answer to ${call.operation} could not be read` };
  return answered(tables, call, reading, span, rivals);
}

function answered(
  tables: Tables,
  call: Call,
  reading: Judged,
  { start, end }: Span,
  rivals: readonly Call[],
): RaceStep {
  const explain = (world: World): readonly Explanation[] => {
    const permits = permitted(tables, world, call, start, end);
    return explainAnswer(tables, world, call, permits, reading, start, world.env.readsLag).filter(
      ({ mismatches }) => mismatches.length === 0,
    );
  };
  return {
    isUnknown: false,
    explain,
    after(world) {
      const explained = explain(world);
      const [only] = explained;
      const worlds =
        explained.length === 1 && only !== undefined ? only.worlds : explained.flatMap((each) => each.worlds);
      return worlds.length === 0 && isRefusedForRival(world, call, reading, rivals) ? [world] : worlds;
    },
    finding(belief) {
      const permits = belief.map((world) => permitted(tables, world, call, start, end));
      const [best] = belief
        .flatMap((world, index) => {
          const permit = permits[index];
          if (permit === undefined) return [];
          return explainAnswer(tables, world, call, permit, reading, start, world.env.readsLag);
        })
        .toSorted((a, b) => a.mismatches.length - b.mismatches.length);
      const [first] = best === undefined ? [] : fieldFindings(call, best.mismatches, 'field');
      return first ?? unexpectedAnswer(call, permits, reading);
    },
  };
}

/**
 * Two routers are not connected twice at the same time (R39): of two connects at once both may be told so,
 * the one not knowing that the other will be refused as well.
 */
function isRefusedForRival(
  world: World,
  { operation, args }: Call,
  reading: Judged,
  rivals: readonly Call[],
): boolean {
  if (operation !== 'ConnectRouterInterface' || reading.kind !== 'refusal') return false;
  if (fitsOf(operation, reading, world.env.edition).by('R39') === false) return false;
  const mine = routersOf(world, args);
  return rivals.some(
    (rival) => rival.operation === operation && mine !== undefined && routersOf(world, rival.args) === mine,
  );
}

function routersOf(world: World, args: Call['args']): string | undefined {
  const each = findInterface(world, args['RouterInterfaceId']);
  if (each?.opposite.routerId === undefined) return undefined;
  return [each.routerId, each.opposite.routerId].toSorted().join(' ');
}

/** Something that does what it does in any world. */
function passing(after: (world: World) => World): RaceStep {
  return {
    isUnknown: false,
    after: (world) => [after(world)],
    finding() {
      throw new Error('A step that nothing speaks against was found to diverge.');
    },
  };
}

/** Sent, and nobody knows what came of it: whatever a success would have led to. */
function unknown(tables: Tables, call: Call, { start, end }: Span): RaceStep | { readonly open: string } {
  if (call.operation === 'CreateRouterInterface')
    return { open: 'whether an unanswered CreateRouterInterface made something is unknown' };
  return {
    ...passing((world) => world),
    isUnknown: true,
    after(world) {
      const permits = permitted(tables, world, call, start, end);
      return permits.outcomes
        .filter(({ kind }) => kind === 'success')
        .flatMap((outcome) => permits.next(outcome, {}));
    },
  };
}

/** Route entries are not judged by themselves, but one that points at what is gone holds nothing back (R57). */
function supporting(tables: Tables, step: Step, { end }: Span): RaceStep {
  const { command, observation, sent: args = {} } = step;
  const operation = command.kind === 'call' ? command.operation : '';
  const answer = observation?.kind === 'answer' ? observation : undefined;
  if (answer === undefined) {
    const applied = passing((world) => supported(world, operation, args, '', end));
    return { ...applied, isUnknown: true };
  }
  if (answer.status < 200 || answer.status >= 300) return passing((world) => world);
  const id = textOf(answer.body?.['RouteEntryId']);
  const gone = tables.labelled(null) | tables.labelled('Deleting');
  return {
    isUnknown: false,
    after(world) {
      const hop = operation === 'CreateRouteEntry' ? findInterface(world, args['NextHopId']) : undefined;
      const isGone = hop?.trusted === true && (tables.closure(hop.states) & ~gone) === 0;
      return isGone ? [] : [supported(world, operation, args, id, end)];
    },
    finding: () => ({
      kind: 'accepted',
      operation,
      rules: ['R57', 'R88'],
      expected: 'refusal, as the next hop is being deleted; or the deletion refused, as a route points at it',
      observed: 'success',
      fingerprint: fingerprintOf(['accepted', operation, ['R57', 'R88']]),
    }),
  };
}

function supported(world: World, operation: string, args: Call['args'], id: string, end: number): World {
  return operation === 'CreateRouteEntry'
    ? afterRouteCreated(world, args, id)
    : afterRouteDeleted(world, args, end);
}
