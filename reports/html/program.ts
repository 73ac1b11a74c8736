import { type ShownLine, shownProgram } from '../program.ts';
import type { ProgramLine } from '../record.ts';
import { html, type Markup } from './markup.ts';

function row({ name, call, line }: ShownLine): Markup {
  const { answer, diverges, client } = line;
  return html`<li class="${diverges ? 'bad' : ''}">
    <code
      >${client !== undefined && html`<span class="client">client ${client}</span> `}${name !== '' && html`<span class="name">${name} = </span>`}${call}</code
    >${answer !== undefined && html`<span class="answer">${answer}${diverges && html` <span class="flag">✕ diverges</span>`}</span>`}
  </li>`;
}

/** A program as a list of calls, each with its answer beside it. */
export function programList(program: readonly ProgramLine[]): Markup {
  const { legend, lines } = shownProgram(program);
  return html`${legend !== '' && html`<p class="note">${legend}</p>`}
    <ol class="program">
      ${lines.map(row)}
    </ol>`;
}
