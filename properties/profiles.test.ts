import { describe, expect, test } from 'vitest';
import { editions } from '../adapters/emulator/editions.ts';
import { profiles } from '../adapters/emulator/profiles.ts';
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

describe.each(editions)('The clean emulator of the edition %s', (edition) => {
  test.each(['any', edition] as const)('conforms to the edition %s over twenty seeds', async (judgedBy) => {
    for (const seed of seeds) {
      const result = await campaignOnEmulator({ emulator: { edition }, edition: judgedBy, seed, commands });
      expect(summary(result), `seed ${seed}`).toEqual([]);
      expect(result.counts.commands, `seed ${seed}`).toBeGreaterThanOrEqual(commands);
    }
  });
});
