/** The style sheet of a page: fonts of the system, colours for either scheme, nothing that has to be loaded. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --card: #ffffff; --sunk: #f1f3f6; --line: #e0e4ea; --strong-line: #b9c1cc;
  --ink: #161b22; --soft: #4d5765; --accent: #1f56a8;
  --good: #17693f; --good-soft: #e4f4ea; --bad: #b01f2e; --bad-soft: #fdeaec;
  --open: #7d5300; --open-soft: #fcf2da; --none: #566070; --none-soft: #eceff3;
  --h1: #7da3d8; --h2: #4a7fc6; --h3: #1f5cae; --h4: #0b3c80; --h0: #a4adb9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1318; --card: #171c23; --sunk: #11161c; --line: #2a323d; --strong-line: #4a5564;
    --ink: #e8ecf1; --soft: #a6b1bf; --accent: #8db8f5;
    --good: #6fd39b; --good-soft: #14301f; --bad: #ff9aa2; --bad-soft: #3a181d;
    --open: #ebbd62; --open-soft: #33270f; --none: #a3aebb; --none-soft: #232b35;
    --h1: #4f74a8; --h2: #6a98d6; --h3: #92bbf3; --h4: #cfe2ff; --h0: #586373;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
footer { padding-block: 2.5rem; color: var(--soft); font-size: .85rem; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -100vw; background: var(--card); padding: .6rem 1rem; z-index: 3; }
.skip:focus { left: 1rem; top: 1rem; }
code, pre, .id { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
h1, h2, h3, h4, h5, p, ul, ol, dl, dd { margin: 0; }
ul, ol { padding: 0; list-style: none; }
small { font-size: .8em; }
button, input { font: inherit; color: inherit; }
summary { cursor: pointer; }
.note, .faint { color: var(--soft); font-size: .875rem; }
.faint { font-style: italic; }

.summary { padding: 3rem 0 1.75rem; }
.what { color: var(--soft); font-size: .95rem; }
.verdict { font-size: clamp(2.6rem, 8vw, 4.25rem); line-height: 1.1; letter-spacing: -.03em; font-weight: 700; margin: .2rem 0 .5rem; }
.sign { display: inline-block; margin-right: .3em; font-weight: 600; }
.summary.good .verdict { color: var(--good); }
.summary.bad .verdict { color: var(--bad); }
.summary.open .verdict, .says.open { color: var(--open); }
.says { font-size: 1.2rem; line-height: 1.45; max-width: 42rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px; margin-top: 2rem; background: var(--line); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
.figures li { background: var(--card); padding: 1rem 1.1rem; display: flex; flex-direction: column; }
.figures .value { font-size: 1.9rem; line-height: 1.15; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.figures .value small { font-size: .95rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }
.figures .label { color: var(--soft); font-size: .875rem; }
.summary.bad .figures li:first-child .value { color: var(--bad); }
.meter { width: 100%; height: 4px; margin-top: auto; }
.figures .label + .meter { margin-top: .6rem; }
.meter .track { fill: var(--none-soft); }
.meter .fill { fill: var(--accent); }
.facts { display: flex; flex-wrap: wrap; gap: .35rem 1.75rem; margin-top: 1.25rem; font-size: .9rem; }
.facts div { display: flex; gap: .5rem; }
.facts dt { color: var(--soft); }
nav { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; padding: .7rem 0; background: var(--paper); border-bottom: 1px solid var(--line); font-size: .925rem; }
nav a { text-decoration: none; color: var(--soft); padding: .15rem 0; }
nav a:hover { color: var(--ink); text-decoration: underline; }
section { padding-top: 2.75rem; }
h2 { font-size: 1.6rem; line-height: 1.25; letter-spacing: -.015em; font-weight: 650; }
.lead { color: var(--soft); max-width: 46rem; margin: .35rem 0 1.1rem; }
h2 + :not(.lead) { margin-top: 1.1rem; }
h3 { font-size: 1.05rem; font-weight: 600; }
h4 { font-size: .95rem; font-weight: 600; margin: 1.25rem 0 .4rem; }
h5 { font-size: .85rem; font-weight: 600; color: var(--soft); margin: 0 0 .3rem; }

.chip { display: inline-block; white-space: nowrap; border-radius: 99px; padding: .08rem .6rem; font-size: .8rem; font-weight: 600; }
.chip.good { color: var(--good); background: var(--good-soft); }
.chip.bad { color: var(--bad); background: var(--bad-soft); }
.chip.open { color: var(--open); background: var(--open-soft); }
.chip.none { color: var(--none); background: var(--none-soft); }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 6px; padding: 0 .4rem; font-size: .8rem; margin: 0 .25rem .25rem 0; color: var(--soft); text-decoration: none; }
a.tag { color: var(--accent); }

.divergences > li, .rules .list, .card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.divergences { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
.divergence { border-left: 4px solid var(--bad) !important; content-visibility: auto; contain-intrinsic-height: auto 5rem; }
.divergence > details > summary { display: grid; grid-template-columns: auto 1fr auto; gap: .2rem 1rem; align-items: baseline; padding: 1rem 1.25rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
.divergence > details[open] > summary { border-bottom: 1px solid var(--line); }
.divergence .rules { color: var(--bad); font-size: 1.05rem; }
.divergence .about { display: flex; flex-direction: column; }
.operation { font-weight: 600; font-size: 1.05rem; }
.divergence .statement { color: var(--soft); font-size: .925rem; }
.count { color: var(--soft); font-variant-numeric: tabular-nums; font-size: .875rem; white-space: nowrap; }
.body { padding: 1rem 1.25rem 1.25rem; }
.quoted li { margin-bottom: .3rem; }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; margin-top: .9rem; }
.side { border-radius: 10px; padding: .7rem .95rem .8rem; min-width: 0; }
.side h4 { margin: 0 0 .3rem; }
.side.good { background: var(--good-soft); } .side.good h4 { color: var(--good); }
.side.bad { background: var(--bad-soft); } .side.bad h4 { color: var(--bad); }
.side .note, .side .message { color: var(--ink); }
.side .tag { border-color: var(--strong-line); margin-bottom: 0; }
.side.good .tag { color: var(--good); } .side.bad .tag { color: var(--bad); }
.answers li + li { margin-top: .35rem; }
.message { display: block; font-size: .85rem; }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px; }
.side.bad mark { color: var(--bad); } .side.good mark { color: var(--good); }
.program { counter-reset: step; margin: .3rem 0 .6rem; border: 1px solid var(--line); border-radius: 10px; background: var(--sunk); overflow: hidden; }
.program li { counter-increment: step; display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; gap: .1rem .75rem; padding: .38rem .8rem .38rem .4rem; align-items: baseline; }
.program li + li { border-top: 1px solid var(--line); }
.program li::before { content: counter(step); text-align: right; color: var(--soft); font-size: .75rem; }
.program .name, .program .client { color: var(--accent); }
.program .answer { font-size: .85rem; color: var(--soft); text-align: right; }
.program li.bad { background: var(--bad-soft); }
.program li.bad .answer { color: var(--bad); font-weight: 600; }
.flag { white-space: nowrap; margin-left: .4rem; }
pre { margin: 0; padding: .8rem 1rem; background: var(--sunk); border: 1px solid var(--line); border-radius: 10px; overflow: auto; max-height: 32rem; font-size: .84rem; line-height: 1.5; white-space: pre-wrap; }
pre code { font-size: inherit; }
.copyable { position: relative; margin-top: .5rem; }
.copyable pre { padding-right: 5rem; }
.copy { position: absolute; top: .45rem; right: .5rem; background: var(--card); border: 1px solid var(--strong-line); border-radius: 7px; padding: .1rem .65rem; font-size: .8rem; cursor: pointer; }
.copy:hover { border-color: var(--accent); color: var(--accent); }
.more, .copied { margin-top: .6rem; }
.more > summary, .copied > summary, .matrix summary, .details summary { color: var(--accent); font-size: .925rem; list-style: none; width: fit-content; }
.more > summary::before, .copied > summary::before, .matrix summary::before, .details summary::before { content: "▸ "; }
.more[open] > summary::before, .copied[open] > summary::before { content: "▾ "; }
.more > :not(summary) { margin-top: .5rem; }
.exchange { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; }
.exchange > div { min-width: 0; }

.scroll { overflow-x: auto; max-width: 100%; }
.figure { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1rem; }
.chart { display: block; margin: 0 auto; max-width: 100%; min-width: 44rem; height: auto; font-family: inherit; }
.chart text { font-size: 12px; fill: var(--soft); }
.chart .name { font-size: 15px; font-weight: 600; fill: var(--ink); }
.chart .sub { font-size: 11px; }
.chart .words text { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; fill: var(--ink); }
.chart .words text.h0 { fill: var(--none); font-style: italic; }
.chart .times { font-weight: 700; fill: var(--accent); }
.chart .words text.bad, .chart .words text.bad .times { fill: var(--bad); font-weight: 700; }
.chart .place rect { fill: var(--sunk); stroke: var(--strong-line); stroke-width: 1.5; }
.chart .passing rect { stroke-dasharray: 5 4; }
.chart .place.bad rect { stroke: var(--bad); stroke-width: 2; }
.badge { fill: var(--bad); } .chart .badge-text { fill: var(--card); font-size: 11px; font-weight: 700; }
.arrow { fill: none; stroke-width: 1.5; }
.h0 .arrow { stroke: var(--h0); stroke-dasharray: 3 4; } .h0 .tip { fill: var(--h0); }
.h1 .arrow { stroke: var(--h1); } .h1 .tip { fill: var(--h1); }
.h2 .arrow { stroke: var(--h2); stroke-width: 2; } .h2 .tip { fill: var(--h2); }
.h3 .arrow { stroke: var(--h3); stroke-width: 2.5; } .h3 .tip { fill: var(--h3); }
.h4 .arrow { stroke: var(--h4); stroke-width: 3; } .h4 .tip { fill: var(--h4); }
.edge.bad .arrow { stroke: var(--bad); stroke-dasharray: none; } .edge.bad .tip { fill: var(--bad); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .7rem 0; font-size: .85rem; color: var(--soft); }
.legend li { display: flex; align-items: center; gap: .45rem; }
.key { width: 1.5rem; height: 0; border-top: 3px solid; }
.key.h0 { border-top-style: dotted; border-color: var(--h0); } .key.h1 { border-color: var(--h1); } .key.h2 { border-color: var(--h2); } .key.h3 { border-color: var(--h3); } .key.h4 { border-color: var(--h4); } .key.bad { border-color: var(--bad); }
.box { width: 1.2rem; height: .8rem; border: 1.5px dashed var(--strong-line); border-radius: 3px; }

.strip { display: block; width: 100%; max-width: 40rem; margin-bottom: 1rem; }
.cell.good { fill: var(--good); } .cell.bad { fill: var(--bad); } .cell.open { fill: var(--open); } .cell.none { fill: var(--none); } .cell.never { fill: var(--none-soft); stroke: var(--strong-line); stroke-width: .6; }
.filter { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; margin-bottom: .8rem; }
.search { display: flex; align-items: center; gap: .5rem; flex: 1 1 14rem; max-width: 22rem; font-size: .9rem; }
.search input { flex: 1; min-width: 0; background: var(--card); border: 1px solid var(--strong-line); border-radius: 9px; padding: .35rem .7rem; }
.search input::placeholder { color: var(--soft); opacity: 1; }
.toggles { display: flex; flex-wrap: wrap; gap: .4rem; }
.toggle { background: var(--card); border: 1px solid var(--strong-line); border-radius: 99px; padding: .2rem .75rem; font-size: .85rem; cursor: pointer; }
.toggle.good { color: var(--good); } .toggle.bad { color: var(--bad); } .toggle.open { color: var(--open); } .toggle.none { color: var(--none); }
.toggle[aria-pressed="true"] { background: var(--ink); color: var(--card); border-color: var(--ink); }
.shown { color: var(--soft); font-size: .875rem; }
.rule + .rule { border-top: 1px solid var(--line); }
.rule { content-visibility: auto; contain-intrinsic-height: auto 2.9rem; }
.rule[hidden] { display: none; }
.rule summary { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr) 8.2rem 4.2rem; gap: .1rem .8rem; align-items: baseline; padding: .55rem 1.1rem; list-style: none; }
.rule summary:hover { background: var(--sunk); }
.rule .count { text-align: right; }
.rule .body { padding-top: .2rem; }
.rule dl, .details { display: grid; gap: .35rem; }
.rule dl div { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: .8rem; font-size: .925rem; }
dt { color: var(--soft); }

table { border-collapse: collapse; font-size: .875rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th { text-align: left; font-weight: 600; }
.matrix, .targets { background: var(--card); min-width: 100%; }
.matrix th, .matrix td, .targets th, .targets td { border: 1px solid var(--line); padding: .45rem .65rem; vertical-align: top; }
.matrix thead th, .targets thead th { background: var(--sunk); white-space: nowrap; }
.matrix tbody th { white-space: nowrap; position: sticky; left: 0; background: var(--sunk); }
.matrix td { min-width: 12.5rem; overflow-wrap: anywhere; }
.matrix li { display: flex; justify-content: space-between; gap: .6rem; font-size: .8rem; }
.matrix li.good { color: var(--good); font-weight: 600; }
.matrix small { white-space: nowrap; color: var(--soft); font-variant-numeric: tabular-nums; font-weight: 400; }
.matrix .empty { color: var(--soft); text-align: center; min-width: 3rem; }
.plain th, .plain td { padding: .25rem 1.5rem .25rem 0; border-bottom: 1px solid var(--line); text-align: left; font-variant-numeric: tabular-nums; }
.targets .note { display: block; font-weight: 400; } .targets thead .note { max-width: 18rem; white-space: normal; overflow-wrap: anywhere; }
.targets caption { position: static; width: auto; height: auto; clip-path: none; padding-bottom: .5rem; text-align: left; font-weight: 650; }
.targets td { white-space: nowrap; } .targets td .note { display: inline; } .targets tbody th { font-weight: 400; min-width: 14rem; }
.mark { font-weight: 700; } .mark.good { color: var(--good); } .mark.bad { color: var(--bad); } .mark.open { color: var(--open); } .mark.none { color: var(--none); }
.runs { margin: 1rem 0 1.5rem; padding-left: 1.5rem; list-style: decimal; } .runs .note { margin-left: .6rem; } .overview h1 { font-size: 2.2rem; letter-spacing: -.02em; }
.overview ~ article { margin-top: 3.5rem; border-top: 3px solid var(--line); } .what b { display: block; color: var(--ink); overflow-wrap: anywhere; }

.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
.card { padding: 1rem 1.2rem; min-width: 0; }
.card .id { color: var(--soft); margin-right: .3rem; }
.card > .note { margin: .3rem 0 .6rem; }
.readings { display: grid; gap: .3rem; }
.readings li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .8rem; padding: .4rem .7rem; border-radius: 9px; border: 1px solid var(--line); color: var(--soft); }
.readings .chosen { border-color: var(--strong-line); background: var(--sunk); color: var(--ink); }
.readings .chosen .value { font-weight: 600; }
.readings .seen { font-size: .85rem; }
.readings .cite { grid-column: 1 / -1; font-size: .8rem; color: var(--soft); }
.untested { margin-top: .5rem; display: grid; gap: .5rem; }
.untested div { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: .5rem; font-size: .925rem; }
.untested .note { display: block; }
.curve { width: 100%; max-width: 46rem; min-width: 30rem; height: auto; display: block; font-family: inherit; }
.curve .grid { stroke: var(--line); } .curve .tick { fill: var(--soft); font-size: 11px; } .curve .label { font-size: 12px; font-weight: 600; }
.curve .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.line.transitions { stroke: var(--good); } .line.refusals { stroke: var(--accent); } .line.rules { stroke: var(--open); }
.label.transitions { fill: var(--good); } .label.refusals { fill: var(--accent); } .label.rules { fill: var(--open); }
.details > div { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: .2rem 1.2rem; padding: .5rem 0; border-top: 1px solid var(--line); font-size: .925rem; }
.sequence { display: block; font-family: inherit; max-width: none; }
.sequence text { font-size: 12px; fill: var(--ink); } .sequence .who, .sequence .pause { text-anchor: middle; } .sequence .who { font-weight: 600; } .sequence .pause { fill: var(--soft); font-style: italic; }
.sequence .life { stroke: var(--strong-line); stroke-dasharray: 3 4; } .sequence .head { fill: var(--sunk); stroke: var(--strong-line); }
.sequence .bar { stroke: var(--accent); stroke-width: 8; stroke-linecap: round; opacity: .75; } .sequence .bar.bad { stroke: var(--bad); opacity: 1; }
.sequence .line { stroke: var(--soft); stroke-width: 1.3; } .sequence .line.back { stroke-dasharray: 4 3; } .sequence .line.bad { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 4 3; }
.sequence .tip { fill: var(--soft); } .sequence .tip.bad { fill: var(--bad); }
.sequence text.back, .sequence text.bad { text-anchor: end; } .sequence text.back { fill: var(--soft); } .sequence text.bad { fill: var(--bad); font-weight: 700; }

@media (max-width: 44rem) {
  main, footer { padding-inline: 1rem; }
  .summary { padding-top: 1.75rem; }
  .says { font-size: 1.08rem; }
  .figures { grid-template-columns: 1fr 1fr; margin-top: 1.4rem; }
  .figures li { padding: .8rem .9rem; }
  .figures li:first-child:nth-last-child(odd) { grid-column: 1 / -1; }
  .figures .value { font-size: 1.6rem; }
  .beside, .exchange { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; }
  html { scroll-padding-top: 1rem; }
  .divergence > details > summary { grid-template-columns: 1fr auto; }
  .divergence .about { grid-column: 1 / -1; grid-row: 2; }
  .rule summary { grid-template-columns: auto 1fr auto; }
  .rule .statement { grid-column: 1 / -1; grid-row: 2; }
  .rule .chip { justify-self: start; }
  .rule dl div, .details > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .program li { grid-template-columns: 1.4rem minmax(0, 1fr); }
  .program .answer { grid-column: 2; text-align: left; }
  .body, .divergence > details > summary { padding-inline: .9rem; }
  .targets th, .targets td { padding: .45rem .4rem; } .targets tbody th { min-width: 8rem; } .targets td { white-space: normal; overflow-wrap: normal; }
  .targets thead .note { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}
@media print {
  nav, .filter, .copy, .skip { display: none; }
  body { background: #fff; }
  .scroll { overflow: visible; }
  .divergence, .rule { content-visibility: visible; break-inside: avoid; }
}
`;
