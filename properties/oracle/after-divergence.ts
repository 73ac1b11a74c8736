import { anyRefusal } from '../../model/describe/blame.ts';
import type { Tables } from '../../model/compile.ts';
import type { Call, Permitted } from '../../model/permitted.ts';
import { findInterface, withKnowledge, type World } from '../../model/world.ts';
import type { Judged } from './envelope.ts';
import type { Explanation } from './explain.ts';
import { isNamed, nameless } from './nameless.ts';
import { mostAlternatives, resynchronised, withInDoubt } from './resynchronise.ts';
import type { Finding } from './verdict.ts';

type Success = Extract<Judged, { kind: 'success' }>;

/** An answer that diverges. */
export interface Diverging {
  readonly call: Call;
  /** What each of the worlds believed in permits. */
  readonly permits: readonly Permitted[];
  readonly reading: Judged;
  /** What explains most of it, if anything explains any of it. */
  readonly best: readonly Explanation[];
  readonly findings: readonly Finding[];
  /** When the answer had come, ms. */
  readonly end: number;
  /** What the program calls the thing that it makes. */
  readonly name: string | undefined;
}

/** The belief once an answer diverges: every world that there may be then, so that judging can go on. */
export function afterDivergence(
  tables: Tables,
  belief: readonly World[],
  diverging: Diverging,
): readonly World[] {
  const { call, permits, reading, best, findings, end, name } = diverging;
  if (reading.kind === 'refusal') {
    const after = best.length > 0 ? best.flatMap(({ worlds }) => worlds) : refusedAnyhow(permits, belief);
    // What refuses without a reason may be in another state than it is believed to be in.
    const id = findings[0]?.kind === 'refused' ? call.args['RouterInterfaceId'] : undefined;
    return id === undefined ? after : [...after, ...after.map((world) => withInDoubt(world, [id], end))];
  }
  if (best.length === 0) return carriedOut(tables, belief, diverging, reading);
  if (call.operation === 'CreateRouterInterface' && !isNamed(reading.body)) {
    const body = { ...reading.body, RouterInterfaceId: nameless(name) };
    return permits.flatMap((permit) =>
      permit.outcomes
        .filter(({ accepted }) => accepted !== undefined)
        .flatMap((outcome) => permit.next(outcome, body)),
    );
  }
  return resynchronised(tables, belief, call, reading, best, end, name);
}

/**
 * After a change that was accepted although it must be refused: it was carried out as if nothing were against
 * it, or else it did something that nobody knows.
 */
function carriedOut(
  tables: Tables,
  belief: readonly World[],
  { call, permits, findings, end, name }: Diverging,
  reading: Success,
): readonly World[] {
  const { body } = reading;
  const unknown = resynchronised(tables, belief, call, reading, [], end, name);
  if (call.operation.startsWith('Describe') || belief.length * 2 > mostAlternatives) return unknown;
  const isCreation = call.operation === 'CreateRouterInterface';
  const id = body['RouterInterfaceId'];
  if (isCreation && belief.some((world) => findInterface(world, String(id)) !== undefined)) return unknown;
  const made = isCreation && !isNamed(body) ? { ...body, RouterInterfaceId: nameless(name) } : body;
  const broken = findings[0]?.rules ?? [];
  return [...permits.flatMap((permit) => permit.nonetheless(made, broken)), ...unknown];
}

/** After a refusal that nothing explains: as after one that something does, where there is any. */
function refusedAnyhow(permits: readonly Permitted[], belief: readonly World[]): readonly World[] {
  return belief.flatMap((world, index): readonly World[] => {
    const permit = permits[index];
    if (permit === undefined || permit.subject === undefined) return [world];
    const refusals = permit.outcomes.filter(({ kind }) => kind === 'refusal');
    if (refusals.length > 0) return refusals.flatMap((outcome) => permit.next(outcome, {}));
    return [withKnowledge(world, { ...permit.subject, news: permit.subject.news | anyRefusal })];
  });
}
