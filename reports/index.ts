/** The run record, and what renders it. */
export { renderConsole } from './console.ts';
export { curlScript, type CurlOptions } from './curl.ts';
export { renderHtml, type HtmlOptions } from './html/render.ts';
export { divergenceText, type DivergenceOptions } from './divergence.ts';
export type * from './record.ts';
export type * from './reporter.ts';
export { reporters } from './reporters.ts';
