import type { GivenOptions } from './options.ts';
import { shellLine } from './shell-command.ts';
import type { TargetChoice } from './target-choice.ts';

/** Where the target is; nothing for an emulator that is started for the run. */
export function urlOf(choice: TargetChoice | undefined): string | undefined {
  if (choice === undefined) return undefined;
  if (choice.kind === 'client') return 'url' in choice.behind ? choice.behind.url : undefined;
  return choice.kind === 'url' ? choice.options.url : undefined;
}

/** What a run that is cut short may leave on a target. */
export function leftBehindOn(choice: TargetChoice): string {
  if (choice.kind === 'recording') return 'The target was a recording; nothing is left behind.';
  const url = urlOf(choice);
  return url === undefined
    ? 'The embedded emulator is gone with it; nothing is left behind.'
    : `Router interfaces and VPCs (named ri-conformance) of this run may be left behind at ${url}.`;
}

const local = 'http://127.0.0.1:8787';

/** How a curl script reaches a target like this one. */
export function curlTarget(
  choice: TargetChoice | undefined,
  given: GivenOptions,
): { target: string; hint?: string } {
  const url = urlOf(choice);
  if (url !== undefined) return { target: url.replace(/\/$/, '') };
  if (choice === undefined) return { target: local, hint: 'Say where the target is' };
  if (choice.kind === 'recording') {
    const { target } = choice.recording.header;
    return { target: /^http\((.*)\)$/.exec(target)?.[1] ?? local, hint: `What was recorded was ${target}` };
  }
  const { profile, mutant, emulatorEdition } = given;
  const words = ['serve', '--manual-clock'];
  if (emulatorEdition !== undefined) words.push('--edition', emulatorEdition);
  if (profile !== undefined) words.push('--profile', profile);
  if (mutant !== undefined) words.push('--mutant', mutant);
  return {
    target: local,
    hint: `Start the target with: ri-conformance ${shellLine(words)}`,
  };
}
