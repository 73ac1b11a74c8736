import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../../model/vocabulary.ts';
import { breathe } from '../breath.ts';
import {
  CannotAnswer,
  type Control,
  type Hook,
  HookError,
  type Part,
  type Tape,
  type Target,
  type Timing,
  type Turn,
} from '../target.ts';
import type { RawAnswer, RawCall, Wire } from '../wire.ts';
import { clientPart, type Happening } from './format.ts';
import type { RecordedPartLines, Recording } from './read-recording.ts';
import { redactedCall, redactor } from './redact.ts';

type Params = Readonly<Record<string, string>>;

function shown(operation: string, params: Params): string {
  const words = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return `${operation}(${words.join(', ')})`;
}

/** What is asked differs from what was recorded in this. */
function difference(asked: Params, recorded: Params): string {
  const names = [...new Set([...Object.keys(asked), ...Object.keys(recorded)])];
  return names
    .filter((name) => asked[name] !== recorded[name])
    .map((name) => `${name} is ${asked[name] ?? 'absent'}, recorded ${recorded[name] ?? 'absent'}`)
    .join('; ');
}

const rawShown = (call: RawCall): string => `the raw request ${JSON.stringify(call)}`;

/** A raw request as it is compared: what it says of the time is not the same twice. */
const timeless = ({ common, ...rest }: RawCall): unknown => {
  const Timestamp = common?.['Timestamp']?.replace(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/, 'a time');
  return { ...rest, common: Timestamp === undefined ? common : { ...common, Timestamp } };
};

function describe(happening: Happening | undefined): string {
  switch (happening?.kind) {
    case 'call':
      return shown(happening.operation, happening.params);
    case 'raw':
      return rawShown(happening.call);
    case 'hook':
      return `the control hook "${happening.hook}" ${JSON.stringify(happening.set)}`;
    case 'settle':
      return 'the end of a wait until nothing was pending';
    case undefined:
    default:
      return 'nothing more';
  }
}

/**
 * Returns a target that answers from a recording. It takes no time: each part of the run is told the times
 * that were recorded. A request that is not there at its place is answered with `CannotAnswer`, which names
 * the first such request; `differs` says in what this run differs from the recorded one.
 */
export function playedTarget(recording: Recording, differs: readonly string[] = []): Target {
  const { header, file } = recording;
  const tape = new PlayedTape(recording, differs);
  const shared = new PlayedPart('shared', recording.parts.get('shared') ?? { happenings: [] }, tape);
  const { control } = shared.target;
  return {
    ...shared.target,
    name: `recording(${file}) of ${header.target}`,
    // Time that all parts share passes by itself.
    ...(control === undefined ? {} : { control: { ...control, advance: () => Promise.resolve() } }),
    tape,
  };
}

class PlayedTape implements Tape {
  readonly played = true;
  readonly recording: Recording;
  readonly #differs: readonly string[];
  readonly #parts = new Map<string, PlayedPart>();
  #first: CannotAnswer | undefined;

  constructor(recording: Recording, differs: readonly string[]) {
    this.recording = recording;
    this.#differs = differs;
  }

  get run(): string {
    return this.recording.header.run;
  }

  get ended(): string | undefined {
    return this.recording.end.ended;
  }

  part(name: string, optional = false): Part | undefined {
    const known = this.#parts.get(name);
    if (known !== undefined) return known;
    const lines = this.recording.parts.get(name);
    const { ended, timeLimited } = this.recording.end;
    if (lines === undefined && (optional || ended !== undefined || timeLimited === true)) return undefined;
    // What is missing shows in the first request: a part that is told to wait for routers may send none.
    const part = new PlayedPart(name, lines ?? { happenings: [] }, this, optional);
    this.#parts.set(name, part);
    return part;
  }

  /** The error for what is missing; always the first one, as what comes after it follows from it. */
  missing(what: string, optional: boolean): CannotAnswer {
    const why =
      this.#differs.length === 0
        ? 'The tool, its model or its generators may have changed since'
        : `This run differs from the recorded one: ${this.#differs.join('; ')}`;
    const error = new CannotAnswer(
      `the recording ${this.recording.file} does not hold what was asked. ${what}. ${why}. Run it with the options of the recording, or record again with --record.`,
    );
    if (!optional) this.#first ??= error;
    return optional ? error : (this.#first ?? error);
  }
}

/** When each began. A wait is written down after the looks that it took, and began before them. */
function startsOf(happenings: readonly Happening[]): readonly number[] {
  const starts = happenings.map(({ start }) => start);
  for (const [index, { kind, start }] of happenings.entries()) {
    if (kind !== 'settle') continue;
    let first = index;
    while (happenings[first - 1]?.kind === 'call' && (starts[first - 1] ?? 0) >= start) first -= 1;
    starts[first] = Math.min(starts[first] ?? start, start);
  }
  return starts;
}

class PlayedPart implements Part {
  readonly target: Target;
  readonly routers?: readonly string[];
  readonly order?: readonly Turn[];
  readonly #clients = new Map<number, PlayedPart>();
  readonly #name: string;
  readonly #happenings: readonly Happening[];
  readonly #starts: readonly number[];
  readonly #tape: PlayedTape;
  readonly #optional: boolean;
  readonly #clean = redactor([]);
  #next = 0;
  /** Whether the end of what came last has been told. */
  #told = true;

  constructor(name: string, lines: RecordedPartLines, tape: PlayedTape, optional = false) {
    this.#name = name;
    this.#happenings = lines.happenings;
    this.#starts = startsOf(lines.happenings);
    if (lines.routers !== undefined) this.routers = lines.routers;
    if (lines.order !== undefined) this.order = lines.order;
    this.#tape = tape;
    this.#optional = optional;
    const { header } = tape.recording;
    this.target = {
      name: header.target,
      call: (operation, params) => this.#call(operation, params),
      ...(header.control === undefined ? {} : { control: this.#control(header.control) }),
      ...(header.wire === undefined ? {} : { wire: this.#wire(header.wire) }),
      close: () => Promise.resolve(),
    };
  }

  begin(): void {}

  raced(): void {}

  client(number: number): Part {
    const known = this.#clients.get(number);
    if (known !== undefined) return known;
    const name = clientPart(this.#name, number);
    const lines = this.#tape.recording.parts.get(name) ?? { happenings: [] };
    const part = new PlayedPart(name, lines, this.#tape, this.#optional);
    this.#clients.set(number, part);
    return part;
  }

  timing(_actual: Timing): Timing {
    return {
      now: () => this.#now(),
      settle: async (pending) => {
        for (;;) {
          const before = this.#next;
          const happening = this.#happenings[before];
          if (happening?.kind === 'settle') {
            this.#consume();
            return;
          }
          if (happening === undefined && this.#tape.ended !== undefined) return;
          await pending();
          if (this.#next === before) throw this.#missing('a wait until nothing is pending');
        }
      },
      pause: () => Promise.resolve(),
    };
  }

  /** As it was recorded: right after something its end, otherwise the beginning of what comes next. */
  #now(): number {
    const ended = this.#happenings[this.#next - 1]?.end ?? 0;
    const now = this.#told ? (this.#starts[this.#next] ?? ended) : ended;
    this.#told = true;
    return now;
  }

  #consume(): void {
    this.#next += 1;
    this.#told = false;
  }

  async #call(operation: string, params: Params): Promise<Observation> {
    await breathe();
    const happening = this.#happenings[this.#next];
    const gone = this.#gone();
    if (gone !== undefined) return gone;
    const asked = this.#clean(params);
    const call = happening?.kind === 'call' && happening.operation === operation ? happening : undefined;
    const differs = call === undefined ? '' : difference(asked, call.params);
    if (call === undefined || differs !== '') throw this.#missing(shown(operation, asked), differs);
    this.#consume();
    // Answers are never changed by those who judge them, so the recorded one can be handed out as it is.
    return call.observation;
  }

  /** What is seen of anything that is asked after the end of a run that was cut short. */
  #gone(): Observation | undefined {
    const { ended } = this.#tape;
    if (this.#next < this.#happenings.length || ended === undefined) return undefined;
    return { kind: 'unreachable', cause: `the recording ends here (${ended})` };
  }

  #wire(form: Omit<Wire, 'send'>): Wire {
    const send = async (call: RawCall): Promise<RawAnswer> => {
      await breathe();
      const gone = this.#gone();
      if (gone !== undefined) return { observation: gone, headers: {} };
      const happening = this.#happenings[this.#next];
      const asked = redactedCall(call, this.#clean);
      if (happening?.kind !== 'raw' || !isDeepStrictEqual(timeless(happening.call), timeless(asked)))
        throw this.#missing(rawShown(asked));
      this.#consume();
      return happening.answer;
    };
    return { ...form, send };
  }

  #missing(asked: string, differs = ''): CannotAnswer {
    const recorded =
      this.#happenings.length === 0
        ? 'of this part nothing was recorded'
        : `recorded is ${describe(this.#happenings[this.#next])}`;
    const at = `${this.#name}, number ${this.#next + 1}: asked for ${asked}, ${recorded}`;
    return this.#tape.missing(differs === '' ? at : `${at} (${differs})`, this.#optional);
  }

  #control({
    hooks,
    clock,
  }: {
    readonly hooks: readonly Hook[];
    readonly clock: 'manual' | 'real';
  }): Control {
    const pulled = (hook: Hook, set: Readonly<Record<string, string | boolean | number>>): Promise<void> => {
      const happening = this.#happenings[this.#next];
      const same =
        happening?.kind === 'hook' &&
        happening.hook === hook &&
        difference(texts(set), texts(happening.set)) === '';
      if (!same) return Promise.reject(this.#missing(`the control hook "${hook}" ${JSON.stringify(set)}`));
      this.#consume();
      const { failed, status } = happening;
      return failed === undefined ? Promise.resolve() : Promise.reject(new HookError(hook, failed, status));
    };
    return {
      hooks: new Set(hooks),
      clock,
      reset: () => pulled('reset', {}),
      account: (set) => pulled('account', set),
      interface: (set) => pulled('interface', set),
      advance: (ms) => pulled('clock', { advanceMs: ms }),
    };
  }
}

const texts = (set: Readonly<Record<string, unknown>>): Params =>
  Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)]));
