import * as fc from 'fast-check';
import type { Tables } from '../../model/compile.ts';
import { heldTables, usualAssumptions } from '../machine/assumptions.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import { Draw } from './draw.ts';
import { rareLetters } from './letters.ts';
import { Coverage, type Feature, featuresOf, type History, nothingYet, worthOf } from './novelty.ts';
import { prospects, wanted } from './prospects.ts';
import { Plan } from './plan.ts';
import { type GeneratorOptions, grow, SequenceArbitrary } from './sequence-arbitrary.ts';

/** Of a hundred steps, so many are left to chance: no count of what was covered foresees everything. */
const chancePercent = 30;
/** Ways to go on that are weighed against each other. */
const proposals = 3;
/** A step has its price beside its commands, or single commands would always win. */
const priceOfStep = 1;
/** What it is worth to come to where something can be covered that never was. */
const worthOfProspect = 3;

let heldOnce: Tables | undefined;

/**
 * Steering takes for granted that nothing ends by itself before the sequence settles: on a target where it does,
 * some steps cover something else than was planned.
 */
function held(): Tables {
  heldOnce ??= heldTables(defaultTables(), usualAssumptions);
  return heldOnce;
}

interface Proposal {
  readonly plan: Plan;
  readonly features: readonly Feature[];
  readonly history: History;
}

/**
 * Sequences that are steered by what the ones before have covered: of several ways to go on, each drawn as
 * in a random sequence, the one that covers most for its commands. So whatever a random sequence can come to
 * stays possible, and what is rare is taken when it turns up.
 *
 * It remembers: the same calls of `generate` in the same order give the same sequences.
 */
export class GuidedArbitrary extends SequenceArbitrary {
  readonly #options: GeneratorOptions;
  readonly #coverage: Coverage;

  constructor(options: GeneratorOptions, coverage: Coverage = new Coverage()) {
    super(options);
    this.#options = options;
    this.#coverage = coverage;
  }

  override generate(random: fc.Random): fc.Value<Sequence> {
    const draw = new Draw(random);
    const { maxLength } = this.#options;
    const { routers, exclusive } = this.setting(draw);
    const length = draw.int(Math.min(6, maxLength), maxLength);
    let at: Proposal = { plan: new Plan(routers, this.#options, held()), features: [], history: nothingYet };
    while (at.plan.commands.length < length) {
      at = this.#onward(draw, at, exclusive);
      this.#coverage.add(at.features);
    }
    return new fc.Value(this.finished(at.plan, exclusive), undefined);
  }

  #onward(draw: Draw, at: Proposal, exclusive: boolean): Proposal {
    const { capabilities } = this.#options;
    const propose = ({ send, name }: { send: (to: Plan) => void; name?: string }): Proposal => {
      let { history } = at;
      const features: Feature[] = name === undefined ? [] : [[name, worthOf.letter]];
      const plan = at.plan.fork((moment) => {
        const [found, next] = featuresOf(moment, history);
        features.push(...found);
        history = next;
      });
      send(plan);
      return { plan, features, history };
    };
    const byChance = { send: (plan: Plan) => grow(draw, plan, capabilities, exclusive) };
    if (draw.chance(chancePercent)) return propose(byChance);
    const ways = [
      ...Array.from({ length: proposals }, () => byChance),
      ...wanted(draw, at.plan, this.#coverage).map((command) => ({
        send: (plan: Plan) => plan.add(command),
      })),
      ...rareLetters(draw, at.plan, this.#coverage, { ...capabilities, accountHook: exclusive }, proposals),
    ];
    const prospectsHere = prospects(at.plan, this.#coverage);
    let best: Proposal | undefined;
    let most = -1;
    for (const way of ways) {
      const each = propose(way);
      const cost = each.plan.commands.length - at.plan.commands.length + priceOfStep;
      const ahead =
        each.plan.world === at.plan.world ? 0 : prospects(each.plan, this.#coverage) - prospectsHere;
      const worth = (this.#coverage.worth(each.features) + worthOfProspect * ahead) / cost;
      if (worth > most) [best, most] = [each, worth];
    }
    return best ?? at;
  }
}
