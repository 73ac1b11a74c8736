import type { RawAnswer, RawCall, WireFormat } from '../../adapters/wire.ts';
import { checkEnvelope, readAnswer } from '../oracle/envelope.ts';
import type { Expectation, ProtocolCheck, Variant } from './check.ts';
import { difference } from './content.ts';
import { unknownFormat } from './request-parts.ts';

/** One request of a check as it was sent, and what came of it. */
export interface RawExchange {
  readonly call: RawCall;
  readonly answer: RawAnswer;
}

/** What is wrong with the answers of a check. */
export interface ProtocolFinding {
  readonly rules: readonly string[];
  readonly expected: string;
  readonly observed: string;
  /** Which of the exchanges shows it. */
  readonly at: number;
  /** What makes two findings the same divergence. */
  readonly fingerprint: string;
}

export type ProtocolVerdict =
  | {
      readonly kind: 'conforms';
      /** The documented way that the target has chosen. */ readonly variant?: string;
    }
  | { readonly kind: 'diverges' }
  | { readonly kind: 'inconclusive'; readonly reason: string };

export interface JudgedCheck {
  readonly verdict: ProtocolVerdict;
  readonly findings: readonly ProtocolFinding[];
}

/** Judges the answers of one check, and the shape of every one of them. Pure. */
export function judgeCheck(check: ProtocolCheck, exchanges: readonly RawExchange[]): JudgedCheck {
  for (const { answer } of exchanges) {
    const reason = unjudgeable(answer);
    if (reason !== undefined) return { verdict: { kind: 'inconclusive', reason }, findings: [] };
  }
  const noXml = exchanges.findIndex(({ call, answer }) => call.format === 'XML' && isUnknownFormat(answer));
  if (noXml >= 0) return { verdict: { kind: 'diverges' }, findings: [xmlRefused(exchanges, noXml)] };
  const shapes = exchanges.flatMap((exchange, at) => shapeFindings(check, exchange, at));
  const broken = brokenExpectation(check, exchanges);
  if (typeof broken === 'object') return { verdict: { kind: 'diverges' }, findings: [broken, ...shapes] };
  if (shapes.length > 0) return { verdict: { kind: 'diverges' }, findings: shapes };
  const variant = broken ?? otherFormat(check, exchanges);
  return {
    verdict: variant === undefined ? { kind: 'conforms' } : { kind: 'conforms', variant },
    findings: [],
  };
}

/** A target that does not offer XML is told so once, not with all that follows from it. */
function xmlRefused(exchanges: readonly RawExchange[], at: number): ProtocolFinding {
  const observed = exchanges.slice(at, at + 1).map(({ answer }) => answerText(answer));
  return {
    rules: ['P6'],
    expected: 'an answer in XML, which is one of the two formats',
    observed: `${observed.join()}: XML is not offered`,
    at,
    fingerprint: 'protocol|shape|format XML refused',
  };
}

function isUnknownFormat({ observation }: RawAnswer): boolean {
  const reading = observation.kind === 'answer' ? readAnswer(observation) : undefined;
  return reading?.kind === 'refusal' && unknownFormat.some(({ code }) => code === reading.code);
}

function otherFormat(
  { orOtherFormat }: ProtocolCheck,
  exchanges: readonly RawExchange[],
): string | undefined {
  const isOther = ({ call, answer }: RawExchange): boolean => answer.format !== (call.format ?? 'JSON');
  return exchanges.some(isOther) ? orOtherFormat : undefined;
}

/** Nothing about the gateway is told by an answer that never came through, or by a passing failure. */
function unjudgeable({ observation }: RawAnswer): string | undefined {
  if (observation.kind === 'unreachable') return `not sent: ${observation.cause}`;
  if (observation.kind !== 'answer') return undefined;
  const reading = readAnswer(observation);
  return reading.kind === 'unavailable' ? reading.reason : undefined;
}

/** The shape of one answer: R8, and the format that was asked for. */
function shapeFindings(check: ProtocolCheck, { call, answer }: RawExchange, at: number): ProtocolFinding[] {
  const { observation, format, root, headers } = answer;
  if (observation.kind !== 'answer') return [];
  const found = checkEnvelope(observation, new Set()).map(
    ({ field, rules, expected, observed }): ProtocolFinding => ({
      rules,
      expected,
      observed,
      at,
      fingerprint: `protocol|shape|${field}`,
    }),
  );
  const wrong = (aspect: string, expected: string, observed: string, rule = 'P6'): void => {
    found.push({ rules: [rule], expected, observed, at, fingerprint: `protocol|shape|${aspect}` });
  };
  const asked = call.format ?? 'JSON';
  // Without an Authorization header nothing says that it is ACS3, where Accept tells the format.
  const isAnonymous = call.signature === 'acs3' && call.afterwards?.['Signature'] === null;
  const isOpen =
    isAnonymous ||
    check.orOtherFormat !== undefined ||
    (call.common !== undefined && 'Format' in call.common);
  if (format !== undefined && format !== asked && !isOpen) {
    wrong(`format ${asked}`, `an answer in ${asked}`, `an answer in ${format}`);
  } else if (format === 'XML' && root !== undefined) {
    const failed = observation.status >= 400;
    const right = failed ? root === 'Error' : root.endsWith('Response');
    if (!right) wrong('root', failed ? '<Error>' : `<${call.operation}Response>`, `<${root}>`);
  }
  const type = headers['content-type'];
  if (format !== undefined && !saysFormat(type, format))
    wrong('Content-Type', contentTypes[format], `Content-Type ${type ?? 'missing'}`, 'P8');
  const [id, told] = [observation.body?.['RequestId'], headers['x-acs-request-id']];
  if (typeof id === 'string' && told !== undefined && told !== id)
    wrong('x-acs-request-id', `x-acs-request-id ${id}, as in the body`, `x-acs-request-id ${told}`, 'P8');
  return found;
}

const contentTypes: Readonly<Record<WireFormat, string>> = {
  JSON: 'Content-Type application/json;charset=utf-8',
  XML: 'Content-Type text/xml;charset=utf-8',
};

const mediaTypes: Readonly<Record<WireFormat, readonly string[]>> = {
  JSON: ['application/json'],
  XML: ['text/xml', 'application/xml'],
};

/** Whether a Content-Type is one of this format. JSON is in UTF-8 whatever is said of it, so nothing need be. */
function saysFormat(type: string | undefined, format: WireFormat): boolean {
  const [, media, charset = 'utf-8'] =
    /^\s*([^;\s]+)\s*(?:;\s*charset="?([^";\s]+)"?\s*)?$/i.exec(type ?? '') ?? [];
  return mediaTypes[format].includes(media?.toLowerCase() ?? '') && charset.toLowerCase() === 'utf-8';
}

/** What stands for the answer in a sentence. */
export function answerText({ observation }: RawAnswer): string {
  switch (observation.kind) {
    case 'answer': {
      const reading = readAnswer(observation);
      if (reading.kind === 'refusal') return `${observation.status} ${reading.code || '(no code)'}`;
      return reading.kind === 'unreadable'
        ? `${observation.status}, ${observation.defect ?? 'no body'}`
        : `${observation.status} success`;
    }
    case 'silence':
      return `silence for ${observation.afterMs} ms`;
    case 'indeterminate':
    case 'unreachable':
      return observation.cause;
    case 'inexpressible':
      return observation.reason;
    case 'crashed':
      return observation.how;
  }
}

const isSuccess = ({ observation }: RawAnswer): boolean =>
  observation.kind === 'answer' && readAnswer(observation).kind === 'success';

const shown = ({ name, code, status }: Variant): string =>
  `${status === undefined ? '4xx' : status.join(' or ')} ${code} (${name})`;

function expectedText(expect: Extract<Expectation, { kind: 'refusal' }>): string {
  const ways = [
    ...expect.variants.map(shown),
    ...(expect.openCode === true ? ['or another refusal'] : []),
    ...(expect.orAccepted === undefined ? [] : [`or a success (${expect.orAccepted})`]),
  ];
  return ways.join(', ');
}

/** Returns the variant that was met, undefined where there is but one way, or what is broken. */
function brokenExpectation(
  check: ProtocolCheck,
  exchanges: readonly RawExchange[],
): ProtocolFinding | string | undefined {
  const { expect, rules, id } = check;
  const at = exchanges.length - 1;
  const [first, last] = [exchanges[0], exchanges[at]];
  if (first === undefined || last === undefined) throw new Error(`the check ${id} sends nothing`);
  const broken = (kind: string, expected: string, observed: string, where = at): ProtocolFinding => ({
    rules,
    expected,
    observed,
    at: where,
    fingerprint: `protocol|${kind}|${id}`,
  });
  // What comes before the last call is there to prepare it.
  const failed = exchanges.findIndex(({ answer }) => !isSuccess(answer));
  const mustAllSucceed =
    expect.kind === 'success' || expect.kind === 'stored' || expect.kind === 'either format';
  if (failed >= 0 && (mustAllSucceed || (expect.kind === 'refusal' && failed < at))) {
    const { answer } = exchanges[failed] ?? last;
    return {
      ...broken('refused', 'success', answerText(answer), failed),
      rules: failed < at ? ['P6'] : rules,
    };
  }
  switch (expect.kind) {
    case 'success':
      return undefined;
    case 'either format':
      return `${last.answer.format ?? 'neither'} is the default`;
    case 'stored': {
      const missed = unstored(first.call, last.answer);
      if (missed === undefined) return undefined;
      const { field, set, seen } = missed;
      return broken(
        'effect',
        `${field} ${JSON.stringify(set)} in the next description`,
        `${field} ${JSON.stringify(seen) ?? 'missing'}`,
      );
    }
    case 'same': {
      const { orRefused } = expect;
      if (orRefused !== undefined && isSuccess(first.answer) && isRefused(last.answer)) return orRefused;
      const differs = contentDifference(first.answer, last.answer);
      return differs === undefined
        ? undefined
        : broken('differs', `the same answer to both (${answerText(first.answer)})`, differs);
    }
    case 'refusal':
      return judgeRefusal(expect, last.answer, broken);
  }
}

/** Returns what `call` set and `answer` does not show, undefined where it shows all of it. */
export function unstored(
  call: RawCall,
  { observation }: RawAnswer,
): { readonly field: string; readonly set: string; readonly seen: unknown } | undefined {
  const body = observation.kind === 'answer' ? observation.body : undefined;
  return ['Name', 'Description']
    .flatMap((field) => {
      const set = call.params[field];
      return set === undefined ? [] : [{ field, set, seen: body?.[field] }];
    })
    .find(({ set, seen }) => set !== seen);
}

function contentDifference(one: RawAnswer, other: RawAnswer): string | undefined {
  const [left, right] = [one.observation, other.observation];
  const [first, second] = [answerText(one), answerText(other)];
  if (left.kind !== 'answer' || right.kind !== 'answer' || first !== second) {
    return first === second ? undefined : `${first} and ${second}`;
  }
  return difference(left.body, right.body);
}

function judgeRefusal(
  expect: Extract<Expectation, { kind: 'refusal' }>,
  answer: RawAnswer,
  broken: (kind: string, expected: string, observed: string) => ProtocolFinding,
): ProtocolFinding | string | undefined {
  const { observation } = answer;
  const reading = observation.kind === 'answer' ? readAnswer(observation) : undefined;
  const expected = expectedText(expect);
  if (observation.kind !== 'answer' || reading === undefined)
    return broken('silence', expected, answerText(answer));
  if (reading.kind === 'success') {
    return expect.orAccepted ?? broken('accepted', expected, answerText(answer));
  }
  if (reading.kind !== 'refusal') return broken('unreadable', expected, answerText(answer));
  const { status } = observation;
  // A refusal under HTTP 2xx is a fault of the shape, and told as one.
  const fits = (variant: Variant): boolean =>
    variant.code === reading.code &&
    (status < 300 || (variant.status?.includes(status) ?? isClientError(status)));
  const met = expect.variants.find(fits);
  const single = expect.variants.length === 1 && expect.orAccepted === undefined;
  if (met !== undefined) return single ? undefined : `${met.name}: ${status} ${met.code}`;
  if (expect.openCode === true && isClientError(status)) return `another refusal: ${status} ${reading.code}`;
  const sameCode = expect.variants.some(({ code }) => code === reading.code);
  return broken(sameCode ? 'status' : 'code', expected, answerText(answer));
}

const isRefused = ({ observation }: RawAnswer): boolean =>
  observation.kind === 'answer' &&
  isClientError(observation.status) &&
  readAnswer(observation).kind === 'refusal';

const isClientError = (status: number): boolean => status >= 400 && status < 500;
