import { randomBytes } from 'node:crypto';
import {
  type Control,
  type Hook,
  HookError,
  type Part,
  type Tape,
  type Target,
  type Timing,
  type Turn,
} from '../target.ts';
import type { Wire } from '../wire.ts';
import { clientPart, type Header, recordingVersion, sharedPart } from './format.ts';
import type { LineWriter } from './line-writer.ts';
import { redactedCall, redactor } from './redact.ts';

/** What the header says besides what the target itself tells. */
export type HeaderDetails = Pick<Header, 'tool' | 'command' | 'options' | 'about'>;

/** Microseconds are enough; what is told and what is kept must be the same number. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/**
 * Returns a target that behaves like `target` and writes down every exchange, without `secrets`. Closing
 * the writer is up to the caller, who alone knows how the run ended.
 */
export function recordingTarget(
  target: Target,
  writer: LineWriter,
  details: HeaderDetails,
  secrets: readonly string[],
): Target {
  const clean = redactor(secrets);
  const { control, wire } = target;
  const run = randomBytes(6).toString('hex');
  writer.write({
    kind: 'recording',
    recordingVersion,
    ...clean(details),
    target: clean(target.name),
    ...(control === undefined ? {} : { control: { hooks: [...control.hooks], clock: control.clock } }),
    ...(wire === undefined ? {} : { wire: formOf(wire) }),
    run,
  });
  const notes = { target, writer, clean };
  const tape: Tape = { run, played: false, part: (name) => new RecordedPart(name, notes) };
  // Outside of every part there is the clock that all of them share.
  return { ...target, ...new RecordedPart(sharedPart, notes).target, tape };
}

const formOf = ({ signature, method, format }: Wire): Omit<Wire, 'send'> => ({ signature, method, format });

interface Notes {
  readonly target: Target;
  readonly writer: LineWriter;
  readonly clean: <T>(value: T) => T;
}

class RecordedPart implements Part {
  readonly target: Target;
  readonly #name: string;
  readonly #notes: Notes;
  #actual: Pick<Timing, 'now'> = performance;
  /** When the caller last looked at the clock before it did something. */
  #start: number | undefined;
  /** When something ended, until the caller looks at the clock: it is told just that. */
  #end: number | undefined;

  constructor(name: string, notes: Notes) {
    this.#name = name;
    this.#notes = notes;
    const { target, writer, clean } = notes;
    this.target = {
      name: target.name,
      call: async (operation, params) => {
        const start = this.#began();
        const observation = await target.call(operation, params);
        writer.write({
          kind: 'call',
          part: name,
          operation,
          params: clean(params),
          observation: clean(observation),
          start,
          end: this.#ended(),
        });
        return observation;
      },
      ...(target.control === undefined ? {} : { control: this.#control(target.control) }),
      ...(target.wire === undefined ? {} : { wire: this.#wire(target.wire) }),
      close: () => target.close(),
    };
  }

  begin(routers: readonly string[]): void {
    this.#notes.writer.write({ kind: 'part', part: this.#name, routers: [...routers] });
  }

  client(number: number): Part {
    return new RecordedPart(clientPart(this.#name, number), this.#notes);
  }

  raced(order: readonly Turn[]): void {
    this.#notes.writer.write({ kind: 'race', part: this.#name, order: [...order] });
  }

  timing(actual: Timing): Timing {
    this.#actual = actual;
    return {
      now: () => {
        const told = this.#end ?? rounded(actual.now());
        if (this.#end === undefined) this.#start = told;
        this.#end = undefined;
        return told;
      },
      settle: async (pending) => {
        const start = this.#began();
        await actual.settle(pending);
        this.#notes.writer.write({ kind: 'settle', part: this.#name, start, end: this.#ended() });
      },
      pause: (ms) => actual.pause(ms),
    };
  }

  #began(): number {
    const start = this.#start ?? rounded(this.#actual.now());
    this.#start = undefined;
    return start;
  }

  #ended(): number {
    this.#end = rounded(this.#actual.now());
    return this.#end;
  }

  #wire(wire: Wire): Wire {
    const { writer, clean } = this.#notes;
    return {
      ...formOf(wire),
      send: async (call) => {
        const start = this.#began();
        const answer = await wire.send(call);
        writer.write({
          kind: 'raw',
          part: this.#name,
          call: redactedCall(call, clean),
          answer: clean(answer),
          start,
          end: this.#ended(),
        });
        return answer;
      },
    };
  }

  #control(control: Control): Control {
    const kept = async (
      hook: Hook,
      set: Readonly<Record<string, string | boolean | number>>,
      act: () => Promise<void>,
    ): Promise<void> => {
      const start = this.#began();
      const { writer, clean } = this.#notes;
      const line = { kind: 'hook', part: this.#name, hook, set: clean({ ...set }), start } as const;
      try {
        await act();
      } catch (error) {
        const { said, status } = error instanceof HookError ? error : { said: String(error) };
        const failed = clean(said);
        writer.write({ ...line, failed, ...(status === undefined ? {} : { status }), end: this.#ended() });
        throw error;
      }
      writer.write({ ...line, end: this.#ended() });
    };
    return {
      hooks: control.hooks,
      clock: control.clock,
      reset: () => kept('reset', {}, () => control.reset()),
      account: (set) => kept('account', set, () => control.account(set)),
      interface: (set) => kept('interface', set, () => control.interface(set)),
      advance: (ms) => kept('clock', { advanceMs: ms }, () => control.advance(ms)),
    };
  }
}
