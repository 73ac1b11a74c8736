import type { Tables } from '../compile.ts';
import { possibleStates } from '../possible-states.ts';
import { chargeTypes } from '../spec/enums.ts';
import { replays, type ReplayPossible } from '../tokens.ts';
import type { World } from '../world.ts';
import { Collector, type Violations } from './collect.ts';
import { descriptionValidity, isIpv4, isTagKey, nameValidity, specValidity, tagKeys } from './parameters.ts';
import { checkRegion } from './common.ts';

type Args = Readonly<Record<string, string>>;

/** Rules that a CreateRouterInterface violates. */
export function createViolations(
  tables: Tables,
  world: World,
  args: Args,
  now: number,
): Violations & ReplayPossible {
  const found = new Collector(tables, 'CREATE');
  checkRegion(found, world, args);
  checkKind(found, args);
  checkRouter(found, world, args);
  checkTexts(found, args);
  checkQuota(found, tables, world, args, now);
  if (world.overdue) found.certain('R19');
  // A locked interface may be what makes the account an overdue one (A17).
  else if (world.interfaces.some(({ business }) => business === 'FinancialLocked')) found.possible('R19');
  const opposite = args['OppositeRegionId'];
  if (opposite !== undefined && opposite !== '' && !world.env.regions.includes(opposite))
    found.possible('P5');
  // Resource groups are made elsewhere: whether this one exists is not known here.
  if (!isMissing(args['ResourceGroupId'])) found.possible('P5');
  const repeated = replays(found, world, 'CreateRouterInterface', args);
  return { must: found.must, may: found.may, ...repeated };
}

function checkKind(found: Collector, args: Args): void {
  const role = args['Role'];
  if (role !== 'InitiatingSide' && role !== 'AcceptingSide') found.certain(isMissing(role) ? 'P4' : 'R9');
  const spec = args['Spec'];
  if (isMissing(spec)) {
    // One document lets the acceptor go without: its Spec can only be Negative.
    if (role === 'AcceptingSide') found.possible('P4');
    else found.certain('P4');
  } else {
    const validity = specValidity(spec);
    if (validity === 'invalid') found.certain('R10');
    else if (validity === 'open') found.possible('R10');
    if (role !== 'InitiatingSide' && spec !== 'Negative') found.possible('R11');
    if (role !== 'AcceptingSide' && spec === 'Negative') found.possible('R12');
  }
  for (const name of ['RouterType', 'RouterId', 'OppositeRegionId'])
    if (isMissing(args[name])) found.certain('P4');
  const charge = args['InstanceChargeType'];
  if (charge !== undefined && charge !== '' && !(chargeTypes.request as readonly string[]).includes(charge))
    found.certain('P4');
}

function checkRouter(found: Collector, world: World, args: Args): void {
  const type = args['RouterType'];
  const routerId = args['RouterId'];
  const router = world.env.routers.find(({ id }) => id === routerId);
  if (type === 'VBR') {
    found.certain('P5'); // no test owns a virtual border router
    if (isMissing(args['AccessPointId'])) found.possible('R23');
  } else if (!isMissing(type) && type !== 'VRouter') found.certain('P4');
  else if (!isMissing(routerId)) {
    if (router === undefined) found.certain('P5');
    else if (router.regionId !== args['RegionId']) {
      // A region that does not exist is R3's business first.
      if (world.env.regions.includes(args['RegionId'] ?? '')) found.certain('P5');
      else found.possible('P5');
    }
  }
  if (args['OppositeRouterType'] === 'VBR') {
    if (args['Role'] !== 'AcceptingSide') found.certain('R21');
    if (isMissing(args['OppositeAccessPointId'])) found.possible('R23');
  } else {
    if (!isMissing(args['OppositeRouterType']) && args['OppositeRouterType'] !== 'VRouter')
      found.certain('P4');
    if (!isMissing(args['OppositeAccessPointId'])) found.possible('R23');
  }
  if (type === 'VRouter' && !isMissing(args['AccessPointId'])) found.possible('R23');
  if (!isMissing(args['HealthCheckSourceIp']) && isMissing(args['HealthCheckTargetIp'])) found.certain('R24');
  // That addresses must be valid is documented of changing them only (R66).
  for (const address of [args['HealthCheckSourceIp'], args['HealthCheckTargetIp']])
    if (address !== undefined && address !== '' && !isIpv4(address)) found.possible('R24');
}

function checkTexts(found: Collector, args: Args): void {
  const name = args['Name'];
  const description = args['Description'];
  for (const validity of [
    name === undefined ? 'valid' : nameValidity(name),
    description === undefined ? 'valid' : descriptionValidity(description),
  ]) {
    if (validity === 'invalid') found.certain('R26');
    else if (validity === 'open') found.possible('R26');
  }
  const keys = tagKeys(args);
  if (keys.length > 20 || keys.some((name) => !isTagKey(args[name] ?? ''))) found.certain('R27');
}

function checkQuota(found: Collector, tables: Tables, world: World, args: Args, now: number): void {
  const gone = tables.labelled(null);
  const leaving = gone | tables.labelled('Deleting');
  let onRouterAtLeast = 0;
  let onRouterAtMost = 0;
  let inAccountAtMost = 0;
  for (const each of world.interfaces) {
    const states = possibleStates(tables, world, each, now);
    if ((states & ~gone) === 0) continue;
    inAccountAtMost++;
    if (each.routerId !== args['RouterId']) continue;
    onRouterAtMost++;
    if ((states & leaving) === 0) onRouterAtLeast++;
  }
  const { perRouter, perAccount } = world.env.limits;
  if (onRouterAtLeast >= perRouter) found.certain('R17');
  else if (onRouterAtMost >= perRouter) found.possible('R17');
  if (perAccount !== null && inAccountAtMost >= perAccount) found.possible('R18');
}

const isMissing = (value: string | undefined): value is undefined | '' => value === undefined || value === '';
