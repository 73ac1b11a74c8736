import type { Tables } from '../compile.ts';
import type { Interface, World } from '../world.ts';
import { Collector, type Violations } from './collect.ts';
import { checkSubject } from './common.ts';
import { descriptionValidity, isIpv4, nameValidity, type Validity } from './parameters.ts';

type Args = Readonly<Record<string, string>>;

/** Parameters that tell an interface of its peer. */
export const oppositeParameters = [
  'OppositeInterfaceId',
  'OppositeRouterId',
  'OppositeRouterType',
  'OppositeInterfaceOwnerId',
] as const;

/** Rules that a ModifyRouterInterfaceAttribute violates, other than by status and locks. */
export function modifyAttributeViolations(
  tables: Tables,
  world: World,
  args: Args,
  subject: Interface | undefined,
): Violations {
  const found = new Collector(tables, 'MODIFY_ATTRIBUTE');
  checkSubject(found, world, args, subject);
  const note = (rule: string, validity: Validity): void => {
    if (validity === 'invalid') found.certain(rule);
    else if (validity === 'open') found.possible(rule);
  };
  if (args['Name'] !== undefined) note('R64', nameValidity(args['Name']));
  if (args['Description'] !== undefined) note('R65', descriptionValidity(args['Description']));
  const type = args['OppositeRouterType'];
  if (type !== undefined && type !== 'VRouter' && type !== 'VBR')
    note('R63', type === '' ? 'open' : 'invalid');
  const owner = args['OppositeInterfaceOwnerId'];
  if (owner !== undefined && !/^\d+$/.test(owner)) found.possible('R63');
  checkHealthCheck(found, args, subject);
  // Refused or accepted: E2016 forbids it, later tables do not tell attributes apart (A10).
  if (oppositeParameters.some((name) => args[name] !== undefined)) {
    found.possible('R62');
    if (subject?.trusted === false || subject?.opposite.routerType === 'VBR') found.possible('R69');
  }
  return found;
}

function checkHealthCheck(found: Collector, args: Args, subject: Interface | undefined): void {
  const source = args['HealthCheckSourceIp'];
  const target = args['HealthCheckTargetIp'];
  const set = (value: string | undefined): value is string => value !== undefined && value !== '';
  if (set(source) || set(target)) {
    const valid = (!set(source) || isIpv4(source)) && (!set(target) || isIpv4(target));
    if (!valid) found.certain('R66');
    else if (set(source) && !set(target)) {
      // The other half may have been stored before.
      if (subject?.healthCheck.targetIp === undefined) found.certain('R66');
      else found.possible('R66');
    } else if (set(target) && !set(source)) found.possible('R66');
    // Meant for an interface whose peer is a border router; elsewhere nothing says what happens.
    else if (subject?.opposite.routerType !== 'VBR') found.possible('R66');
    if (/^true$/i.test(args['DeleteHealthCheckIp'] ?? '')) found.certain('R67');
  }
  for (const name of ['HcThreshold', 'HcRate']) {
    const value = args[name];
    if (value === undefined) continue;
    if (!/^-?\d+$/.test(value)) found.certain('R68');
    // The range is not documented; 8 and 2000 are recommended.
    else if (value !== (name === 'HcThreshold' ? '8' : '2000')) found.possible('R68');
  }
}
