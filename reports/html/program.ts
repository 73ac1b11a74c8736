import { type ShownLine, shownProgram } from '../program.ts';
import type { ProgramLine } from '../record.ts';
import { markup, type Markup } from './markup.ts';

function row({ name, call, line }: ShownLine): Markup {
  const { answer, diverges, client } = line;
  return markup`<li${diverges && markup` class="bad"`}><code>${client !== undefined && markup`<span class="client">client ${client}</span> `}${name !== '' && markup`<span class="name">${name} = </span>`}${call}</code>${answer !== undefined && markup`<span class="answer">${answer}${diverges && markup` <span class="flag">✕ diverges</span>`}</span>`}</li>`;
}

/** A program as a list of calls, each with its answer beside it. */
export function programList(program: readonly ProgramLine[]): Markup {
  const { legend, lines } = shownProgram(program);
  return markup`${legend !== '' && markup`<p class="note">${legend}</p>`}
    <ol class="program">
      ${lines.map(row)}
    </ol>`;
}
