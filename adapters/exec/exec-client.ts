import type { CallerView, Client, ClientSettings } from '../client.ts';
import { ClientSetupError } from '../client.ts';
import { DriverProcess } from './driver-process.ts';
import { RefusedByDriver } from './protocol.ts';

/** A virtual machine has to start, and a large library to load. */
const helloMs = 60_000;
/**
 * A driver that breaks down so often without one answer in between is not started again. Sequences that run side by
 * side may come to the same call, over which it does, all at once.
 */
const mostInARow = 10;
/** Nor one that breaks down so often in all: a run would do little but start it. */
const mostInAll = 100;

/** Lets `most` callers through at a time. */
class Gate {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

/** Keeps one process of the driver running, and counts how often it could not. */
class Supervisor {
  readonly #start: () => Promise<DriverProcess>;
  #process: Promise<DriverProcess> | undefined;
  #inARow = 0;
  #inAll = 0;
  #last = '';
  #closed = false;

  constructor(first: DriverProcess, start: () => Promise<DriverProcess>) {
    this.#process = Promise.resolve(first);
    this.#start = start;
  }

  async call(operation: string, params: Readonly<Record<string, string>>): Promise<CallerView> {
    for (;;) {
      if (this.#closed || this.#inARow >= mostInARow || this.#inAll >= mostInAll) return this.#gone();
      const running = await this.#running();
      if (running === undefined) continue;
      const view = await running.call(operation, params);
      if (view.kind === 'died') this.#failed(view.how);
      else if (view.kind === 'hung') this.#failed('a call hung');
      else this.#inARow = 0;
      return view;
    }
  }

  async stop(): Promise<void> {
    this.#closed = true;
    const running = await this.#process?.catch(() => undefined);
    await running?.stop();
  }

  /** A process that takes calls; undefined when it did not start. Callers side by side start one, not several. */
  async #running(): Promise<DriverProcess | undefined> {
    const before = this.#process;
    try {
      const running = await before;
      if (running?.usable === true) return running;
      await running?.stop();
    } catch {
      // counted by whoever started it
    }
    if (this.#process !== before) return this.#process?.catch(() => undefined);
    const starting = this.#start();
    this.#process = starting;
    return starting.catch((error: unknown) => {
      this.#failed(error instanceof Error ? error.message : String(error));
      return undefined;
    });
  }

  #failed(how: string): void {
    this.#inARow += 1;
    this.#inAll += 1;
    this.#last = how;
  }

  #gone(): CallerView {
    if (this.#closed) return { kind: 'gone', how: 'the driver was closed' };
    const often = this.#inARow >= mostInARow ? `${mostInARow} times in a row` : `${mostInAll} times`;
    return { kind: 'gone', how: `the driver broke down ${often} and is given up; last, ${this.#last}` };
  }
}

/**
 * Returns a client in another language, driven over standard input and output (`README.md` beside this
 * file). The command runs in a shell. A driver that breaks down is started again with the next call.
 *
 * Rejects with `ClientSetupError` when it does not start, or refuses the settings.
 */
export async function execClient(command: string, settings: ClientSettings): Promise<Client> {
  const { process: first, hello } = await DriverProcess.start(command, settings, helloMs).catch(
    (error: unknown) => {
      const said = error instanceof Error ? error.message : String(error);
      if (error instanceof RefusedByDriver) {
        throw new ClientSetupError('usage', `the driver "${command}" refuses: ${said}`);
      }
      throw new ClientSetupError('setup', `the driver "${command}" does not work: ${said}`);
    },
  );
  const supervisor = new Supervisor(first, async () => {
    const { process: again } = await DriverProcess.start(command, settings, helloMs);
    return again;
  });
  const gate = new Gate(hello.concurrency ?? 1);
  const language = hello.language === undefined ? '' : ` (${hello.language})`;
  return {
    name: `exec:${command}`,
    version: `${hello.name} ${hello.version}${language}`,
    call: (operation, params) => gate.pass(() => supervisor.call(operation, params)),
    close: () => supervisor.stop(),
  };
}
