/** What there is in a page to be tried. */
export interface Page {
  /** Blocks that follow a file's name in backticks and a colon. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Lines of the blocks of shell commands. */
  readonly lines: readonly string[];
  /** Blocks that are only to be read: what is printed, a picture, a part of a file. */
  readonly shown: readonly string[];
}

const block = /^ *```(\w+)\n([\s\S]*?)^ *```$/gm;

/** Returns what a page shows; a block of code that could not be tried is an error. */
export function pageOf(text: string): Page {
  const files: { name: string; text: string }[] = [];
  const lines: string[] = [];
  const shown: string[] = [];
  for (const { 1: language = '', 2: content = '', index } of text.matchAll(block)) {
    const name = /`([\w./-]+)`:\s*$/.exec(text.slice(0, index))?.[1];
    if (language === 'sh') lines.push(...joined(content));
    else if (name !== undefined) files.push({ name, text: content });
    else if (language === 'text') shown.push(content);
    else throw new Error(`a block of ${language} that nothing tries: ${content.slice(0, 60)}`);
  }
  return { files, lines, shown };
}

/** Lines without comments, those that go on after a backslash as one. */
function joined(content: string): string[] {
  return content
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** What waits until something listens on the port that a line names. */
const untilUp = (line: string): string => {
  const port = /--port (\d+)/.exec(line)?.[1];
  return port === undefined
    ? ''
    : `for i in $(seq 300); do (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && break; sleep 0.1; done`;
};

/** A line that goes on until it is told to stop, which it is once its first round is over. */
const stopped = (line: string): string =>
  `{ for i in $(seq 600); do grep -qs 'q and Enter ends' watched && break; sleep 0.1; done; echo q; } | RI_CONFORMANCE_COMMANDS=300 ${line} >watched 2>&1`;

/** Returns a script that runs the lines and ends with 9 at the first that ends otherwise than its comment says. */
export function script(lines: readonly string[]): string {
  const body = lines.flatMap((line) => {
    const expected = /# exit code (\d+)/.exec(line)?.[1] ?? '0';
    const shown = `'${line.replaceAll("'", String.raw`'\''`)}'`;
    if (/&\s*(#.*)?$/.test(line)) return [line, untilUp(line)];
    const job = /^kill (%\d+)/.exec(line)?.[1];
    return [
      `printf '$ %s\\n' ${shown}`,
      line.startsWith('ri-conformance watch ') ? stopped(line) : line,
      `code=$?; [ $code -eq ${expected} ] || { echo "ended with $code instead of ${expected}: "${shown} >&2; exit 9; }`,
      ...(job === undefined ? [] : [`wait ${job} 2>/dev/null`]),
    ];
  });
  return ['set -m', "trap 'kill $(jobs -p) 2>/dev/null' EXIT", ...body, 'exit 0'].join('\n');
}

/** Returns the files and folders of the repository that a page names by their path. */
export function pathsOf(text: string): string[] {
  const named = /`((?:model|properties|adapters|reports|cli|library|bench|docs|examples)\/[\w./*-]*)`/g;
  return [...text.matchAll(named)].map(({ 1: path = '' }) => path);
}

/** Returns the relative targets of the links of a page. */
export function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(({ 1: link = '' }) =>
    link.includes('://') ? [] : [link],
  );
}

/** Returns the anchors that a page's headings have. */
export function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(({ 1: heading = '' }) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
