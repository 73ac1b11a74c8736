import { consoleReporter } from './formats/console.ts';
import { ctrfReporter } from './formats/ctrf.ts';
import { githubReporter } from './formats/github.ts';
import { htmlReporter } from './formats/html.ts';
import { jsonReporter } from './formats/json.ts';
import { junitReporter } from './formats/junit.ts';
import { markdownReporter } from './formats/markdown.ts';
import { ndjsonReporter } from './formats/ndjson.ts';
import { sarifReporter } from './formats/sarif.ts';
import type { Reporter } from './reporter.ts';

/** Those that come with the tool. */
export const reporters: readonly Reporter[] = [
  consoleReporter,
  jsonReporter,
  junitReporter,
  ctrfReporter,
  markdownReporter,
  htmlReporter,
  githubReporter,
  sarifReporter,
  ndjsonReporter,
];
