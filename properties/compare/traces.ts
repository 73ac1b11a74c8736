import type { Tables } from '../../model/compile.ts';
import type { Step } from '../../model/vocabulary.ts';
import type { Severity, SideRecord } from '../../reports/comparison-record.ts';
import { Evidence } from '../oracle/evidence.ts';
import { Judge } from '../oracle/judge.ts';
import type { Trace } from '../trace.ts';
import { answerDifference, type AnswerDifference } from './answers.ts';
import { isAccountWide, namesOf, tookEffect } from './comparable.ts';

/** A difference between two targets, as one sequence shows it. */
export interface Difference {
  readonly step: number;
  readonly operation: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly reason?: string;
  readonly a: SideRecord;
  readonly b: SideRecord;
  readonly fingerprint: string;
}

export interface Compared {
  readonly differences: readonly Difference[];
  /** Commands until the two went different ways, or all. */
  readonly steps: number;
}

/**
 * Compares what the same commands showed on two targets. Differences that change nothing are passed over
 * and noted; the first one that may have set the two on different ways is the last one told, as everything
 * after it may only follow from it.
 */
export function compareTraces(tables: Tables, a: Trace, b: Trace): Compared {
  const [judgedA, judgedB] = [judging(tables, a), judging(tables, b)];
  const differences: Difference[] = [];
  const steps = Math.min(a.steps.length, b.steps.length);
  for (let step = 0; step < steps; step++) {
    const [sideA, sideB] = [judgedA(step), judgedB(step)];
    const [stepA, stepB] = [a.steps[step], b.steps[step]];
    if (stepA?.command.kind !== 'call' || stepB === undefined) continue;
    // What never reached a target says nothing about it.
    if ([stepA, stepB].some(({ observation }) => observation?.kind === 'unreachable')) {
      return { differences, steps: step };
    }
    const found = answerDifference(
      stepA.observation,
      stepB.observation,
      namesOf(a, step),
      namesOf(b, step),
      isAccountWide(stepA),
    );
    if (found === undefined) continue;
    const weight = weigh(found, sideA, sideB, unsettled(a, step) || unsettled(b, step));
    differences.push({
      step,
      operation: stepA.command.operation,
      kind: found.kind,
      ...weight,
      a: { observed: found.a, verdict: sideA.verdict, rules: sideA.rules },
      b: { observed: found.b, verdict: sideB.verdict, rules: sideB.rules },
      fingerprint: [stepA.command.operation, found.kind, found.detail, weight.severity].join('|'),
    });
    const harmless = found.kind !== 'outcome' && weight.severity === 'permitted';
    if (!harmless) return { differences, steps: step + 1 };
  }
  return { differences, steps };
}

interface Judged {
  readonly verdict: SideRecord['verdict'];
  readonly rules: readonly string[];
  /** Ambiguities that the answer decided, each with the way it went. */
  readonly choices: readonly string[];
}

/** Returns a function that judges step after step. */
function judging(tables: Tables, { environment, steps }: Trace): (step: number) => Judged {
  const evidence = new Evidence();
  const judge = new Judge(tables, environment, evidence);
  return (step) => {
    const before = chosen(evidence);
    const verdict = judge.step(steps[step] as Step);
    const choices = [...chosen(evidence)].flatMap(([id, count]) => (before.get(id) === count ? [] : [id]));
    if (verdict.kind === 'conforms') return { verdict: 'conforms', rules: [], choices };
    if (verdict.kind === 'inconclusive') return { verdict: 'not judged', rules: [], choices };
    const rules = [...new Set(verdict.divergences.flatMap((each) => each.rules))];
    return { verdict: 'diverges', rules, choices };
  };
}

/** How often each question was decided in which way. */
const chosen = ({ choices }: Evidence): Map<string, number> =>
  new Map(
    [...choices].flatMap(([id, values]) => [...values].map(([value, count]) => [`${id}: ${value}`, count])),
  );
const questionOf = (choice: string): string => choice.slice(0, choice.indexOf(': '));

/** Whether anything had been set going that may still have been on its way, or not yet be shown. */
function unsettled({ steps }: Trace, step: number): boolean {
  const before = steps.slice(0, step);
  const settled = before.findLastIndex(({ command }) => command.kind === 'settle');
  return before.slice(settled + 1).some((each) => tookEffect(each));
}

function weigh(
  { kind }: AnswerDifference,
  a: Judged,
  b: Judged,
  pending: boolean,
): { severity: Severity; reason?: string } {
  if (a.verdict === 'diverges' || b.verdict === 'diverges') return { severity: 'divergence' };
  if (a.verdict === 'not judged' || b.verdict === 'not judged') return { severity: 'choice' };
  if (kind === 'message') return { severity: 'permitted', reason: 'the words of a message are free' };
  if (kind === 'order') return { severity: 'permitted', reason: 'the order of a list is free' };
  // Where something was on its way, the two may have been asked in different states, and not the same question.
  const asked = (each: string, other: Judged): boolean =>
    !pending || other.choices.some((choice) => questionOf(choice) === questionOf(each));
  const rests = [
    ...a.choices.filter((each) => !b.choices.includes(each) && asked(each, b)),
    ...b.choices.filter((each) => !a.choices.includes(each) && asked(each, a)),
  ];
  if (rests.length > 0)
    return {
      severity: 'choice',
      reason: `the documents leave it open: ${[...new Set(rests.map(questionOf))].join(', ')}`,
    };
  if (pending)
    return {
      severity: 'permitted',
      reason: 'timing: something was on its way, and may be seen sooner or later',
    };
  return { severity: 'choice', reason: 'the model permits both' };
}
