import * as fc from 'fast-check';
import { Plan } from '../../properties/generate/plan.ts';
import type { Arena } from './arena.ts';
import { type Contestant, type Found, shrinkBudget } from './contestant.ts';
import { Diverged, type Letter } from './letter.ts';
import { lettersOf } from './letters.ts';
import { couple, legal } from './letters-tuned.ts';

interface Setup {
  readonly name: string;
  readonly how: string;
  readonly letters: fc.Arbitrary<Letter>[];
  readonly constraints: fc.CommandsContraints;
}

/** fast-check itself: `fc.commands`, run with `fc.asyncModelRun` in `fc.check`, seed after seed until the budget is used. */
function byFastCheck({ name, how, letters, constraints }: Setup): Contestant {
  return {
    name,
    how,
    async find(arena, seed, budget) {
      let found: { calls: number; length: number } | undefined;
      const property = fc.asyncProperty(fc.commands(letters, constraints), async (commands) => {
        if (found === undefined ? arena.calls >= budget : arena.calls >= found.calls + shrinkBudget) return;
        const plan = planFor(arena);
        arena.begin();
        try {
          await fc.asyncModelRun(() => ({ model: plan, real: arena }), commands);
        } catch (error) {
          if (!(error instanceof Diverged)) throw error;
          if (found === undefined && arena.calls > budget) return;
          // Whatever fails while it shrinks is its counterexample from then on.
          found = { calls: found?.calls ?? arena.calls, length: plan.commands.length };
          throw error;
        } finally {
          await arena.end();
        }
      });
      for (let round = 0; arena.calls < budget; round++) {
        const { failed } = await fc.check(property, { seed: seed * 1000 + round });
        if (failed) break;
      }
      return withShrinking(found, arena);
    },
  };
}

function withShrinking(
  found: { calls: number; length: number } | undefined,
  arena: Arena,
): Found | undefined {
  return found && { ...found, shrinkCalls: arena.calls - found.calls };
}

function planFor({ environment: { regionId, regions } }: Arena): Plan {
  const otherRegion = regions.find((each) => each !== regionId) ?? '';
  return new Plan(2, { region: regionId, otherRegion });
}

/** As its documentation shows it: one arbitrary for each command, everything else left as it is. */
export const fastCheckDefaults = byFastCheck({
  name: 'fast-check, defaults',
  how: 'fc.commands with a command for each operation and hook, fc.asyncModelRun, 100 runs a seed',
  letters: Object.values(lettersOf({ mostlyValid: false })),
  constraints: {},
});

const { create, connect, activate, deactivate, look, settle, tell, ...others } = lettersOf({
  mostlyValid: true,
});
const lettersTuned = [create, connect, activate, deactivate, look, settle, tell].filter(
  (each) => each !== undefined,
);

/** With what helps it: long runs, mostly valid values, whole pairs, steps that are legal by the model, looks. */
export const fastCheckTuned = byFastCheck({
  name: 'fast-check, tuned',
  how: 'the same, at most 48 commands of size max, mostly valid values, pairs made at once, legal steps by our model, more looks',
  letters: [
    ...lettersTuned,
    ...Object.values(others),
    couple,
    couple,
    ...Array.from({ length: 6 }, () => legal),
    ...[look, look, look, settle, settle].filter((each) => each !== undefined),
  ],
  constraints: { maxCommands: 48, size: 'max', disableReplayLog: true },
});
