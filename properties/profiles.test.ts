import { describe, expect, test } from 'vitest';
import { editions } from '../adapters/emulator/editions.ts';
import { axes, type Profile, profiles } from '../adapters/emulator/profiles.ts';
import { campaignOnEmulator, summary } from './testing/campaigns.ts';

/**
 * The clean emulator in every way that the documents leave open: whatever diverges there is a mistake of
 * the harness, or a difference between two readings of the documents that must be settled.
 */

const seeds = Array.from({ length: 20 }, (_, index) => 101 + index);
const commands = 300;

describe.each(Object.keys(profiles))('The clean emulator with the profile %s', (profile) => {
  test('shows no divergence over twenty seeds and leaves nothing behind', async () => {
    for (const seed of seeds) {
      const result = await campaignOnEmulator({ emulator: { profile }, seed, commands });
      expect(summary(result), `seed ${seed}`).toEqual([]);
      expect(result.counts.commands, `seed ${seed}`).toBeGreaterThanOrEqual(commands);
      expect(result.counts.inconclusive, `seed ${seed}`).toBe(0);
    }
  });
});

/** Numbers below a limit, always the same ones. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % limit;
  };
}

/** What is legitimate by itself is so beside everything else: each axis at any of its values, half of them at the first. */
function mixture(seed: number): {
  readonly edition: (typeof editions)[number];
  readonly profile: Partial<Profile>;
} {
  const below = numbers(seed);
  const chosen = Object.entries(axes).map(([axis, values]) => [
    axis,
    values[below(2) * below(values.length)],
  ]);
  return { edition: editions[below(editions.length)] ?? 'E2026', profile: Object.fromEntries(chosen) };
}

describe('The clean emulator, whatever it does where the documents are silent,', () => {
  test.each(Array.from({ length: 12 }, (_, index) => 1 + index * 10))(
    'shows no divergence in the mixtures from number %i on',
    async (first) => {
      for (let seed = first; seed < first + 10; seed++) {
        const emulator = mixture(seed);
        const result = await campaignOnEmulator({ emulator, seed, commands: 300 });
        expect(summary(result), JSON.stringify({ seed, ...emulator })).toEqual([]);
        // Reads that lag beside much that is open are more than can be followed at times, which is said.
        expect(result.counts.inconclusive, `seed ${seed}`).toBeLessThan(30);
      }
    },
  );
});

describe.each(editions)('The clean emulator of the edition %s', (edition) => {
  test.each(['any', edition] as const)('conforms to the edition %s over twenty seeds', async (judgedBy) => {
    for (const seed of seeds) {
      const result = await campaignOnEmulator({ emulator: { edition }, edition: judgedBy, seed, commands });
      expect(summary(result), `seed ${seed}`).toEqual([]);
      expect(result.counts.commands, `seed ${seed}`).toBeGreaterThanOrEqual(commands);
    }
  });
});
