import type { Command } from 'commander';
import { editionIds } from '../model/spec/editions.ts';
import { suiteNames } from '../properties/conformance.ts';
import { UsageError } from '../properties/run/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { allowedValues } from './options.ts';

/** What can follow some words of a command line. */
interface Place {
  /** The commands up to here: `''`, `run`, `recording to-har`. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly about: string }[];
}

function placesOf(command: Command, path = ''): readonly Place[] {
  const below = command.commands.map((each) => ({ word: each.name(), about: each.description() }));
  const flags = command.options.flatMap(({ long, description, hidden }) =>
    long === null || long === undefined || hidden ? [] : [{ word: long, about: description }],
  );
  const help = { word: '--help', about: 'print this help' };
  return [
    { path, words: [...below, ...flags, help] },
    ...command.commands.flatMap((each) => placesOf(each, `${path} ${each.name()}`.trim())),
  ];
}

/** For each flag whose values can be counted, what they are. */
function valuesOf(command: Command): ReadonlyMap<string, readonly string[]> {
  const known: Readonly<Record<string, readonly string[]>> = {
    edition: ['any', ...editionIds],
    suite: suiteNames,
    target: ['emulator', 'http://127.0.0.1:', 'recording:', 'sdk:', 'exec:'],
  };
  const found = new Map<string, readonly string[]>();
  for (const each of [command, ...command.commands]) {
    for (const option of each.options) {
      const name = option.attributeName();
      const values = known[name] ?? allowedValues(name);
      if (values.length > 0 && option.long) found.set(option.long, values);
    }
  }
  return found;
}

/** Within single quotes of a POSIX shell, on one line. */
const quoted = (text: string): string =>
  `'${text.replaceAll(/\s+/g, ' ').replaceAll("'", String.raw`'\''`)}'`;

type Script = (places: readonly Place[], values: ReadonlyMap<string, readonly string[]>) => string;

/** Which of the words so far are commands: `$place`, with a blank before each. (`path` is the shell's own in zsh.) */
const findPlace = (places: readonly Place[]): string =>
  `    case "$place $word" in ${places
    .filter(({ path }) => path !== '')
    .map(({ path }) => quoted(` ${path}`))
    .join('|')}) place="$place $word" ;; esac`;

const bash: Script = (
  places,
  values,
) => `# Completion of ri-conformance for bash: source it, or put it where bash-completion looks.
_ri_conformance() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" place='' word words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
${findPlace(places)}
  done
  case "$prev" in
${[...values].map(([flag, all]) => `    ${flag}) words=${quoted(all.join(' '))} ;;`).join('\n')}
  esac
  if [ -z "$words" ]; then
    case "$place" in
${places.map(({ path, words }) => `      ${quoted(path === '' ? '' : ` ${path}`)}) words=${quoted(words.map(({ word }) => word).join(' '))} ;;`).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _ri_conformance ri-conformance
`;

const zsh: Script = (places, values) => `#compdef ri-conformance
# Completion of ri-conformance for zsh: source it after compinit, or put it into a folder of $fpath as _ri-conformance.
_ri_conformance() {
  local place='' word
  local -a all
  for word in "\${(@)words[2,CURRENT-1]}"; do
${findPlace(places)}
  done
  case "\${words[CURRENT-1]}" in
${[...values].map(([flag, all]) => `    ${flag}) compadd -- ${all.map(quoted).join(' ')}; return ;;`).join('\n')}
  esac
  case "$place" in
${places
  .map(
    ({ path, words }) => `    ${quoted(path === '' ? '' : ` ${path}`)}) all=(
${words.map(({ word, about }) => `      ${quoted(`${word}:${about}`)}`).join('\n')}
    ) ;;`,
  )
  .join('\n')}
  esac
  _describe 'ri-conformance' all || _files
}
if [ "$funcstack[1]" = "_ri-conformance" ]; then _ri_conformance "$@"; else compdef _ri_conformance ri-conformance; fi
`;

const fish: Script = (places, values) => {
  const lines = places.flatMap(({ path, words }) => {
    const [outer = '', inner] = path.split(' ');
    const inside = places
      .filter((each) => each.path.startsWith(`${outer} `))
      .map((each) => each.path.split(' ')[1]);
    const seen = `__fish_seen_subcommand_from ${inner ?? outer}`;
    const when =
      path === ''
        ? '__fish_use_subcommand'
        : inner === undefined && inside.length > 0
          ? `${seen}; and not __fish_seen_subcommand_from ${inside.join(' ')}`
          : seen;
    return words.map(({ word, about }) => {
      const all = values.get(word);
      const kind = word.startsWith('--')
        ? `-l ${word.slice(2)}${all === undefined ? '' : ` -x -a ${quoted(all.join(' '))}`}`
        : `-f -a ${word}`;
      return `complete -c ri-conformance -n ${quoted(when)} ${kind} -d ${quoted(about)}`;
    });
  });
  return `# Completion of ri-conformance for fish: put it into ~/.config/fish/completions/ri-conformance.fish.\n${lines.join('\n')}\n`;
};

const shells: Readonly<Record<string, Script>> = { bash, zsh, fish };

/**
 * `ri-conformance completion SHELL`: prints a script that completes the commands and options of `program`. Returns the
 * exit code. Throws `UsageError` for another shell.
 */
export function completion(shell: string, program: Command, io: Io): ExitCode {
  const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (script === undefined)
    throw new UsageError(`unknown shell "${shell}". The shells are: ${Object.keys(shells).join(', ')}.`);
  io.stdout.write(script(placesOf(program), valuesOf(program)));
  return exitCodes.conforms;
}
