import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CallerView, ClientSettings } from '../client.ts';
import { hungAfterMs } from '../sdk/with-deadline.ts';
import { type DriverHello, lines, parseAnswer, parseHello, RefusedByDriver } from './protocol.ts';

interface Pending {
  readonly settle: (view: CallerView) => void;
  readonly timer: NodeJS.Timeout;
}

/** Lines of the driver's standard error that are kept for messages. */
const keptLines = 5;
const byeMs = 2000;
/**
 * A first call loads what the driver needs, which takes a virtual machine a multiple of the time to say hello, and
 * more of both on a busy machine. Until a process has answered something, its calls have that much longer.
 */
const coldStart = 4;

/**
 * One process of a driver. Whatever goes wrong with it is a value: calls in flight come to `died` with what
 * happened. A process that is not `usable` any more has to be replaced.
 */
export class DriverProcess {
  readonly #child: ChildProcess;
  readonly #settings: ClientSettings;
  readonly #pending = new Map<number, Pending>();
  readonly #lastWords: string[] = [];
  readonly #exited: Promise<void>;
  #greeting: { resolve: (hello: DriverHello) => void; reject: (error: Error) => void } | undefined;
  #nextId = 1;
  #fault: string | undefined;
  #hung = false;
  /** Milliseconds by which calls may take longer, as the process is cold. */
  #coldMs = 0;

  private constructor(command: string, settings: ClientSettings) {
    this.#settings = settings;
    // A group of its own: what the shell starts in turn must end with it.
    this.#child = spawn(command, { shell: true, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const { stdin, stdout, stderr } = this.#child;
    this.#exited = new Promise((resolve) => this.#child.once('close', () => resolve()));
    stdin?.on('error', () => {}); // it shows as the end of the process
    if (stdout !== null) createInterface({ input: stdout }).on('line', (line) => this.#line(line));
    if (stderr !== null) {
      createInterface({ input: stderr }).on('line', (line) => {
        this.#lastWords.push(line.slice(0, 300));
        if (this.#lastWords.length > keptLines) this.#lastWords.shift();
      });
    }
    this.#child.once('error', (error) => this.#fail(`it does not start: ${error.message}`));
    this.#child.once('close', (code, signal) => {
      this.#fail(signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`);
    });
  }

  /**
   * Starts a driver and greets it; resolves with what it says of itself. Rejects with `RefusedByDriver`, or
   * with an `Error` that says what happened instead of a greeting within `helloMs` milliseconds.
   */
  static async start(
    command: string,
    settings: ClientSettings,
    helloMs: number,
  ): Promise<{ process: DriverProcess; hello: DriverHello }> {
    const started = new DriverProcess(command, settings);
    const began = performance.now();
    const timer = setTimeout(() => started.#fail(`it did not say hello within ${helloMs} ms`), helloMs);
    try {
      const hello = await new Promise<DriverHello>((resolve, reject) => {
        started.#greeting = { resolve, reject };
        started.#write(lines.hello(settings));
      });
      started.#coldMs = Math.ceil(coldStart * (performance.now() - began));
      return { process: started, hello };
    } finally {
      clearTimeout(timer);
    }
  }

  get usable(): boolean {
    return this.#fault === undefined && !this.#hung;
  }

  /** Performs a call; resolves with `hung` after the deadline and with `died` when the process is at fault. */
  call(operation: string, params: Readonly<Record<string, string>>): Promise<CallerView> {
    if (this.#fault !== undefined) return Promise.resolve({ kind: 'died', how: this.#fault });
    const id = this.#nextId++;
    return new Promise((settle) => {
      const deadline = hungAfterMs(this.#settings.timeoutMs) + this.#coldMs;
      const timer = setTimeout(() => this.#overdue(id, deadline), deadline);
      this.#pending.set(id, { settle, timer });
      this.#write(lines.call(id, operation, params));
    });
  }

  /** Lets the driver end by itself, and ends it when it does not. */
  async stop(): Promise<void> {
    this.#fault ??= 'it was stopped';
    this.#write(lines.bye);
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#kill(), byeMs);
    await this.#exited;
    clearTimeout(timer);
  }

  #write(line: string): void {
    if (this.#child.stdin?.writable === true) this.#child.stdin.write(`${line}\n`);
  }

  #line(line: string): void {
    try {
      if (this.#greeting !== undefined) {
        // Before it is cut short to be quoted, lest half of a secret remain.
        this.#greeting.resolve(parseHello(this.#withoutSecrets(line)));
        this.#greeting = undefined;
        return;
      }
      const { id, view } = parseAnswer(line);
      this.#coldMs = 0;
      const pending = this.#pending.get(id);
      if (pending !== undefined) this.#settle(id, pending, view);
      else if (!this.#hung) this.#fail(`it answered call ${id}, which it was not asked, or not any more`);
    } catch (error) {
      const what = this.#withoutSecrets(error instanceof Error ? error.message : String(error));
      // Says more than that it failed.
      this.#greeting?.reject(error instanceof RefusedByDriver ? new RefusedByDriver(what) : new Error(what));
      this.#greeting = undefined;
      this.#fail(what);
    }
  }

  /** Ends what still runs once nothing is in flight: a hung call of several must not take the others along. */
  #overdue(id: number, afterMs: number): void {
    const pending = this.#pending.get(id);
    this.#hung = true;
    if (pending !== undefined) this.#settle(id, pending, { kind: 'hung', afterMs });
  }

  #settle(id: number, { settle, timer }: Pending, view: CallerView): void {
    clearTimeout(timer);
    this.#pending.delete(id);
    settle(view);
    if (this.#hung && this.#pending.size === 0) this.#kill();
  }

  #fail(what: string): void {
    if (this.#fault !== undefined) return;
    const words = this.#lastWords.length === 0 ? '' : `; its last words: ${this.#lastWords.join(' / ')}`;
    this.#fault = this.#withoutSecrets(`${what}${words}`);
    this.#kill();
    this.#greeting?.reject(new Error(this.#fault));
    this.#greeting = undefined;
    for (const [id, pending] of this.#pending) {
      this.#settle(id, pending, { kind: 'died', how: this.#fault });
    }
  }

  /** A driver that is confused may print what it was told, and what it prints is quoted. */
  #withoutSecrets(text: string): string {
    const { accessKeySecret, securityToken } = this.#settings;
    return [accessKeySecret, ...(securityToken === undefined ? [] : [securityToken])]
      .filter((secret) => secret !== '')
      .reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
  }

  #kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL'); // no groups on this system, or it has just ended
    }
  }
}
