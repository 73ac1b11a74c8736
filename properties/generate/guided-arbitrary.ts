import * as fc from 'fast-check';
import type { Tables } from '../../model/compile.ts';
import { heldTables, otherAssumptions, usualAssumptions } from '../machine/assumptions.ts';
import type { Sequence } from '../sequence.ts';
import { defaultTables } from '../tables.ts';
import { Draw } from './draw.ts';
import { rareLetters } from './letters.ts';
import { describeList } from './lists.ts';
import {
  Coverage,
  type Feature,
  featuresOf,
  type History,
  nothingYet,
  worthOf,
  type Worths,
} from './novelty.ts';
import { prospects, wanted } from './prospects.ts';
import { Plan } from './plan.ts';
import { type GeneratorOptions, grow, SequenceArbitrary } from './sequence-arbitrary.ts';

/** How a sequence is steered. */
interface Manner {
  /** Of a hundred steps, so many are left to chance: no count of what was covered foresees everything. */
  readonly chance: number;
  /** And so many are lists by what there is: a filter goes wrong in no state rather than in another. */
  readonly lists: number;
  /** Single commands that are weighed, at most, beside what chance proposes. */
  readonly direct: number;
  readonly worths: Worths;
}

const broad: Manner = { chance: 30, lists: 0, direct: 2, worths: worthOf };
/** Stays with few interfaces, and does everything to them in every situation, once more than it seems to take. */
const thorough: Manner = {
  chance: 12,
  lists: 10,
  direct: 8,
  worths: { ...worthOf, situation: worthOf.row },
};
/** Of a hundred sequences, so many are thorough. */
const thoroughPercent = 50;
/** Ways to go on by chance that are weighed against each other. */
const proposals = 3;
/** A step has its price beside its commands, or single commands would always win. */
const priceOfStep = 1;
/** What it is worth to come to where something can be covered that never was. */
const worthOfProspect = 3;

/** Of a hundred sequences, so many foresee a target that behaves as usual where the documents leave it open. */
const usualPercent = 75;

let heldOnce: { readonly usual: Tables; readonly others: readonly Tables[] } | undefined;

/**
 * Steering takes for granted that nothing ends by itself before the sequence settles: on a target where it does,
 * some steps cover something else than was planned.
 */
function held(draw: Draw): Tables {
  heldOnce ??= {
    usual: heldTables(defaultTables(), usualAssumptions),
    others: otherAssumptions.map((each) => heldTables(defaultTables(), each)),
  };
  return draw.chance(usualPercent) ? heldOnce.usual : draw.pick(heldOnce.others);
}

/** Refusals that an overdue bill of the account brings about. */
const ofTheAccount = ['any: CREATE refused by R19', 'any: CONNECT refused by R41'];

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
    const manner = draw.chance(thoroughPercent) ? thorough : broad;
    const length = manner === thorough ? maxLength - 2 : draw.int(Math.min(6, maxLength), maxLength);
    let at: Proposal = {
      plan: new Plan(routers, this.#options, held(draw)),
      features: [],
      history: nothingYet,
    };
    while (at.plan.commands.length < length) {
      at = this.#onward(draw, at, exclusive, manner);
      this.#coverage.add(at.features);
    }
    return new fc.Value(this.finished(at.plan, exclusive), undefined);
  }

  /** The whole account is touched more often until it is known what that changes. */
  protected override setting(draw: Draw): Pick<Sequence, 'routers' | 'exclusive'> {
    const { accountHook } = this.#options.capabilities;
    const setting = super.setting(draw);
    const unknown = accountHook && ofTheAccount.some((row) => this.#coverage.countOf(row) === 0);
    return unknown && draw.chance(30) ? { ...setting, exclusive: true } : setting;
  }

  #onward(draw: Draw, at: Proposal, exclusive: boolean, manner: Manner): Proposal {
    const { capabilities } = this.#options;
    const propose = ({ send, name }: { send: (to: Plan) => void; name?: string }): Proposal => {
      let { history } = at;
      const features: Feature[] = name === undefined ? [] : [[name, worthOf.letter]];
      const plan = at.plan.fork((moment) => {
        const [found, next] = featuresOf(moment, history, manner.worths);
        features.push(...found);
        history = next;
      });
      send(plan);
      return { plan, features, history };
    };
    const byChance = { send: (plan: Plan) => grow(draw, plan, capabilities, exclusive) };
    if (draw.chance(manner.chance)) return propose(byChance);
    if (draw.chance(manner.lists)) return propose({ send: (plan) => plan.add(describeList(draw, plan)) });
    const ways = [
      ...Array.from({ length: proposals }, () => byChance),
      ...wanted(draw, at.plan, this.#coverage, at.history, manner.direct).map((command) => ({
        send: (plan: Plan) => plan.add(command),
      })),
      ...rareLetters(draw, at.plan, this.#coverage, { ...capabilities, accountHook: exclusive }, proposals),
    ];
    const prospectsHere = prospects(at.plan, this.#coverage, at.history, manner.worths);
    let best: Proposal | undefined;
    let most = -1;
    for (const way of ways) {
      const each = propose(way);
      const cost = each.plan.commands.length - at.plan.commands.length + priceOfStep;
      const ahead =
        each.plan.world === at.plan.world
          ? 0
          : prospects(each.plan, this.#coverage, each.history, manner.worths) - prospectsHere;
      const worth = (this.#coverage.worth(each.features) + worthOfProspect * ahead) / cost;
      if (worth > most) [best, most] = [each, worth];
    }
    return best ?? at;
  }
}
