import type { Observation, Step } from '../../model/vocabulary.ts';
import type { Trace } from '../trace.ts';

/** What legitimately differs between two targets, by the name of the field. */
const own: readonly (readonly [RegExp, string])[] = [
  [/^RequestId$/, '<request>'],
  [/^HostId$/, '<host>'],
  [/^Recommend$/, '<link>'],
  [/OwnerId$/, '<account>'],
];

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** Returns the ids of a trace and the names they have in its commands, as far as step `last`. */
export function namesOf({ environment, steps }: Trace, last: number): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [index, { id, vpcId, routeTableId }] of environment.routers.entries()) {
    names.set(id, `<router#${index + 1}>`);
    if (vpcId !== undefined) names.set(vpcId, `<vpc#${index + 1}>`);
    if (routeTableId !== undefined) names.set(routeTableId, `<table#${index + 1}>`);
  }
  for (const { command, observation, sent = {} } of steps.slice(0, last + 1)) {
    if (command.kind !== 'call') continue;
    // What was never made has an id as well: one of the run's own.
    for (const [name, value] of Object.entries(command.args)) {
      const id = sent[name];
      if (typeof value !== 'string' && id !== undefined && !names.has(id)) names.set(id, `<${value.ref}>`);
    }
    if (command.as === undefined || observation?.kind !== 'answer') continue;
    const id = observation.body?.[command.as.startsWith('route#') ? 'RouteEntryId' : 'RouterInterfaceId'];
    if (typeof id === 'string' && id !== '') names.set(id, `<${command.as}>`);
  }
  return names;
}

/** Returns a body without what is a target's own: ids by their names, and marks for times and the like. */
export function comparable(value: unknown, names: ReadonlyMap<string, string>, field = ''): unknown {
  if (typeof value === 'string') {
    const mark = own.find(([pattern]) => pattern.test(field));
    if (mark !== undefined && value !== '') return mark[1];
    if (moment.test(value)) return '<time>';
    let text = names.get(value) ?? value;
    for (const [id, name] of names) if (text.includes(id)) text = text.replaceAll(id, name);
    return text;
  }
  if (typeof value === 'number' && field.endsWith('OwnerId')) return '<account>';
  if (Array.isArray(value)) return value.map((each) => comparable(each, names, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, comparable(each, names, name)]),
  );
}

/** `200`, `400 IncorrectStatus`, `silence`, …; empty for a command without an answer. */
export function inShort(observation: Observation | undefined): string {
  if (observation === undefined) return '';
  if (observation.kind !== 'answer') return observation.kind;
  // One of the reads says 200 there when all is well.
  const code = observation.status < 300 ? undefined : observation.body?.['Code'];
  return typeof code === 'string' ? `${observation.status} ${code}` : String(observation.status);
}

/**
 * Whether an answer may list what others have: then it depends on what else there is in the account, and on
 * which page that puts what is our own.
 */
export function isAccountWide({ command }: Step): boolean {
  if (command.kind !== 'call' || command.operation !== 'DescribeRouterInterfaces') return false;
  return !Object.entries(command.args).some(
    ([name, value]) => name.startsWith('Filter.') && typeof value !== 'string',
  );
}

/** Whether the step changed something, as far as its answer tells. */
export function tookEffect({ command, observation }: Step): boolean {
  if (command.kind !== 'call') return command.kind === 'control';
  if (command.operation.startsWith('Describe')) return false;
  return observation?.kind !== 'answer' || observation.status < 300;
}
