import type { ProgramLine } from './record.ts';

/** A word of bash for the file in which a client that runs beside others notes what it made. */
const notes = '"$lanes/made"';

/**
 * Returns lines of bash that let several clients send at once, each in a process of its own, and wait for all
 * of them. `step` writes one command; names that a client binds are known afterwards.
 */
export function lanesScript(
  lines: readonly ProgramLine[],
  step: (line: ProgramLine) => readonly string[],
  often: string,
): string[] {
  const clients = [...new Set(lines.map(({ client = 0 }) => client))].toSorted((a, b) => a - b);
  return [
    '',
    `# Clients at once: ${often} Run it again if nothing is out of order.`,
    '# Each signs its first request and waits at the gate, as signing takes longer than being answered.',
    'lanes=$(mktemp -d) && gate=$lanes/open',
    ...clients.flatMap((client) => [
      '(',
      ...lines
        .filter((line) => line.client === client)
        .flatMap((line) => {
          const name = line.as?.replace('#', '');
          return [
            ...step(line),
            ...(name === undefined ? [] : [`printf '${name}=%q\\n' "$${name}" >>${notes}`]),
          ];
        })
        .map((line) => `  ${line}`),
      ') &',
    ]),
    'sleep 1 && : >"$gate" && wait',
    'gate=',
    `if [[ -f ${notes} ]]; then . ${notes}; fi`,
    'rm -r "$lanes"',
    '',
  ];
}
