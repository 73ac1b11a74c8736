import { mutants as inside, raceMutants, wireMutants } from '../adapters/emulator/mutants.ts';
import { counted, field } from '../reports/layout.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

const all = [...inside, ...raceMutants, ...wireMutants];

/** `ri-conformance mutants`: lists the defects that the emulator can be given. Returns the exit code. */
export function mutants({ json }: { readonly json?: boolean | undefined }, io: Io): ExitCode {
  if (json === true) {
    const listed = all.map(({ name, class: kind, rule, description, profile, wire }) =>
      Object.assign(
        { name, class: kind, rule, description },
        profile === undefined ? {} : { profile },
        wire === undefined ? {} : { wire },
      ),
    );
    io.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    return exitCodes.conforms;
  }
  const lines = [...new Set(all.map((mutant) => mutant.class))].flatMap((kind) => {
    const these = all.filter((mutant) => mutant.class === kind);
    const rows = these.flatMap(({ name, rule, description, profile, wire }) => {
      const shows =
        profile === undefined ? (wire === true ? ' (served only)' : '') : ` (under the profile ${profile})`;
      return [`  ${name}`].concat(field(rule, `${description}${shows}`, 4, 6));
    });
    return [`${kind} (${these.length})`].concat(rows, '');
  });
  io.stdout.write(`${lines.join('\n')}${counted(all.length, 'mutant')}. Choose one with --mutant NAME.\n`);
  return exitCodes.conforms;
}
