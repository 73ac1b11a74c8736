import { windows } from '../../adapters/emulator/windows.ts';
import type { Target } from '../../adapters/target.ts';

/** A target in this process whose calls overtake each other: each waits before and after it is carried out. */
export function shuffled(target: Target, seed: number): Target {
  const window = windows(seed, 'turn');
  return {
    ...target,
    async call(operation, params) {
      await window();
      const observation = await target.call(operation, params);
      await window();
      return observation;
    },
  };
}
