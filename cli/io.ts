/** Something to write text to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Width of the terminal, where there is one. */
  readonly columns?: number;
}

/** All that the command line knows of the process it runs in; tests bring their own. */
export interface Io {
  /** Reports and other results. */
  readonly stdout: Output;
  /** Progress and messages. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the process runs: a configuration file is looked for here. */
  readonly cwd: string;
  /** How the user called the tool, for commands to copy: `ri-conformance`, `node dist/cli/main.js`. */
  readonly self: string;
  /** Calls back on each SIGINT and SIGTERM until the returned function is called. */
  onInterrupt(callback: () => void): () => void;
  /** Calls back with each line of standard input, until the returned function is called. */
  onLine(callback: (line: string) => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}
