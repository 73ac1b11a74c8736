import type { RunRecord } from '../record.ts';
import { markup } from './markup.ts';
import type { Section } from './section.ts';
import { plural } from './words.ts';

/** What could not be tested, and what would change that: never counted as passed. */
export function untestableSection({ notTestable, rules }: RunRecord, prefix: string): Section | undefined {
  if (notTestable.length === 0) return undefined;
  const byRemedy = new Map<string, RunRecord['notTestable'][number][]>();
  for (const each of notTestable) {
    const group = byRemedy.get(each.remedy ?? '') ?? [];
    byRemedy.set(each.remedy ?? '', group);
    group.push(each);
  }
  const statementOf = (id: string): string => rules.find((rule) => rule.id === id)?.statement ?? '';
  return {
    id: `${prefix}untestable`,
    title: 'Not testable here',
    lead: `${plural(notTestable.length, 'rule')} could not be put to the test on this target. They do not count as passed.`,
    content: markup`<ul class="cards">
      ${[...byRemedy].map(
        ([remedy, list]) =>
          markup`<li class="card">
            <h3>${remedy === '' ? 'Other reasons' : markup`Needs ${remedy}`}</h3>
            <dl class="untested">
              ${list.map(
                ({ rule, reason }) =>
                  markup`<div>
                    <dt>${rule}</dt>
                    <dd>${statementOf(rule)}<span class="note">${reason}</span></dd>
                  </div>`,
              )}
            </dl>
          </li>`,
      )}
    </ul>`,
  };
}
