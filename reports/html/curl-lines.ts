import { curlPrelude, curlScript, isRaw } from '../curl.ts';
import type { DivergenceRecord, RunRecord } from '../record.ts';
import { block, markup, type Markup } from './markup.ts';

/** Where a target is called that has no address of its own. */
export const local = 'http://127.0.0.1:8787';

/** The URL within `http(http://127.0.0.1:8787)`. */
export function urlOf({ target }: RunRecord): string | undefined {
  return /\((https?:\/\/[^\s()]+)\)$/.exec(target)?.[1];
}

/** The calls of a divergence as curl lines; what signs and sends them is on the page once, and copied with them. */
export function curlLines(divergence: DivergenceRecord, record: RunRecord): Markup {
  const raw = isRaw(divergence);
  const prelude = curlPrelude(raw);
  const regionId = divergence.counterexample.find(({ args }) => args?.['RegionId'] !== undefined)?.args?.[
    'RegionId'
  ];
  const script = curlScript(divergence, {
    target: urlOf(record) ?? local,
    regionId: regionId ?? 'cn-hangzhou',
  });
  const [head = '', rest = ''] = script.split(prelude);
  return markup`<pre data-script="${raw ? 'raw' : 'plain'}"><code class="head">${block(head.trimEnd())}</code>
<span class="faint"># … functions that sign and send, copied with the rest …</span>
<code class="rest">${block(rest.trim())}</code></pre>`;
}

/** What all curl scripts of the page begin with. */
export function curlPreludes(records: readonly RunRecord[]): Markup {
  const all = records
    .flatMap(({ divergences }) => divergences)
    .filter(({ counterexample }) => counterexample.length > 0);
  return markup`${[false, true]
    .filter((raw) => all.some((each) => isRaw(each) === raw))
    .map(
      (raw) => markup`<pre hidden id="prelude-${raw ? 'raw' : 'plain'}">${block(curlPrelude(raw))}</pre>`,
    )}`;
}
