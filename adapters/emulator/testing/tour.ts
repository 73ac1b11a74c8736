import type { EmulatorOptions } from '../options.ts';
import { Lab } from './lab.ts';
import { connectFreedoms, connectRefusals, lifeCycle, openPoints } from './tour-links.ts';
import {
  createParameters,
  describing,
  fields,
  locks,
  modifications,
  quota,
  routes,
  selecting,
  tokens,
} from './tour-parts.ts';

const stops: readonly ((lab: Lab) => void)[] = [
  openPoints,
  lifeCycle,
  connectRefusals,
  connectFreedoms,
  locks,
  createParameters,
  quota,
  modifications,
  describing,
  selecting,
  fields,
  tokens,
  routes,
];

/**
 * Performs one fixed sequence of some hundred calls, each stop on an empty account, and returns every
 * answer. Two emulators that behave alike give the same list; each mutant must give another one.
 */
export function tour(options: EmulatorOptions): string[] {
  return stops.flatMap((stop) => {
    const lab = new Lab(options);
    stop(lab);
    return lab.log;
  });
}
