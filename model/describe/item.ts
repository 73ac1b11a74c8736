import type { Tables } from '../compile.ts';
import { type Mismatch, show } from '../mismatch.ts';
import { businessStatuses, chargeTypes, statuses } from '../spec/enums.ts';
import type { Interface, World } from '../world.ts';
import { textOf } from '../text.ts';
import { bandwidthsOf } from './bandwidth.ts';
import { blame, type View } from './blame.ts';
import { checkConstants } from './constants.ts';
import { type Differs, isUnset, type Item } from './differs.ts';
import { checkMirror } from './mirror.ts';
import { checkTags } from './tags.ts';

const statusNames: ReadonlySet<unknown> = new Set(
  statuses.filter(({ kind }) => kind !== 'peer-only').map(({ name }) => name),
);
const businessNames: ReadonlySet<unknown> = new Set(businessStatuses);
const chargeNames: ReadonlySet<unknown> = new Set([...chargeTypes.response, ...chargeTypes.seenInSamples]);

/** Both spellings (A20). */
const prepaidNames: ReadonlySet<unknown> = new Set(['PrePaid', 'Prepaid']);

/** Whose fault a wrong Spec is: by role, and by whether it was ever changed. */
const specRules = {
  acceptor: { made: 'R11', changed: 'R74' },
  initiator: { made: 'R10', changed: 'R79' },
} as const;

/**
 * Compares one described interface with what is believed of it, its status included.
 * `states` is the set of lifecycle states it can be in at the time of the read.
 */
export function checkItem(
  tables: Tables,
  world: World,
  believed: Interface,
  states: number,
  item: Item,
  view: View,
  now: number,
  lagging: boolean,
): Mismatch[] {
  const found: Mismatch[] = [];
  // What is still on its way may change a thing when it arrives, without anything being done to it.
  const underWay = (believed.states & tables.stable) === 0;
  const differs = (field: string, rules: readonly string[], expected: string, surely = false): void => {
    found.push({
      field,
      rules: surely || underWay ? rules : blame(believed, view, rules),
      expected,
      observed: show(item[field]),
      interfaceId: believed.id,
    });
  };
  checkStatus(tables, believed, states, item, differs);
  if (!believed.trusted) return unknownOf(world, found);
  const equal = (field: string, expected: string, rule: string): void => {
    if (item[field] !== expected) differs(field, [rule], show(expected));
  };
  equal('RouterId', believed.routerId, 'R14');
  equal('RouterType', believed.routerType, 'R14');
  equal('Role', believed.role, 'R16');
  equal('OppositeRegionId', believed.opposite.regionId, 'R14');
  const specRule =
    specRules[believed.role === 'AcceptingSide' ? 'acceptor' : 'initiator'][
      believed.specChanged ? 'changed' : 'made'
    ];
  equal('Spec', believed.spec, specRule);
  const bandwidths = bandwidthsOf(believed.spec);
  if (bandwidths.length > 0 && !bandwidths.includes(Number(item['Bandwidth'] ?? Number.NaN))) {
    differs('Bandwidth', believed.specChanged ? ['R31', 'R79'] : ['R31'], bandwidths.join(' or '));
  }
  // Outside the enumeration it has been said already.
  if (businessNames.has(item['BusinessStatus'])) equal('BusinessStatus', believed.business, 'R85');
  const charge = item['ChargeType'];
  if (charge !== undefined && !chargeNames.has(charge))
    differs('ChargeType', ['R14'], [...chargeNames].join(', '));
  else if (believed.chargeType === 'PostPaid' && prepaidNames.has(charge))
    differs('ChargeType', ['R14'], 'AfterPay, for what was made PostPaid');
  checkConstants(world, believed, item, view, differs);
  checkTags(believed, item, differs);
  checkTexts(believed, item, differs);
  checkOpposite(believed, item, differs);
  checkMirror(tables, world, believed, states, item, differs, now, lagging);
  return unknownOf(world, found);
}

/** Those that the interface has not shown before. */
function unknownOf({ deviations }: World, found: Mismatch[]): Mismatch[] {
  if (deviations.length === 0 || found.length === 0) return found;
  return found.filter(
    (each) =>
      !deviations.some(
        ({ interfaceId, field, observed }) =>
          interfaceId === each.interfaceId && field === each.field && observed === each.observed,
      ),
  );
}

function checkStatus(
  tables: Tables,
  believed: Interface,
  states: number,
  item: Item,
  differs: Differs,
): void {
  const status = item['Status'];
  if (!statusNames.has(status)) differs('Status', ['R83'], [...statusNames].join(', '), true);
  else if ((states & tables.labelled(status as string)) === 0) {
    const labels = tables.labels(states).map((label) => label ?? '(not listed any more)');
    // Still on its way although the bound has passed: it never ends.
    const lingers =
      states !== believed.states &&
      (tables.closure(believed.states) & tables.labelled(status as string)) !== 0;
    const rules = lingers ? [...believed.cause.rules, 'P2'] : believed.cause.rules;
    differs('Status', rules, labels.join(' or '));
  }
  if (!businessNames.has(item['BusinessStatus']))
    differs('BusinessStatus', ['R85'], [...businessNames].join(', '));
}

/** A key that was never set is absent, or at most empty (A35). */
function optional(value: unknown, expected: string | undefined): boolean {
  return expected === undefined ? isUnset(value) : value === expected;
}

function checkTexts(believed: Interface, item: Item, differs: Differs): void {
  const { name, description, healthCheck } = believed;
  if (
    name === undefined
      ? !optional(item['Name'], undefined) && item['Name'] !== believed.id
      : item['Name'] !== name
  ) {
    differs(
      'Name',
      name === undefined ? ['R15'] : ['R72'],
      name === undefined ? 'no Name, or the id' : show(name),
    );
  }
  if (!optional(item['Description'], description)) differs('Description', ['R72'], show(description));
  if (!optional(item['HealthCheckSourceIp'], healthCheck.sourceIp)) {
    differs('HealthCheckSourceIp', ['R72'], show(healthCheck.sourceIp));
  }
  if (!optional(item['HealthCheckTargetIp'], healthCheck.targetIp)) {
    differs('HealthCheckTargetIp', ['R72'], show(healthCheck.targetIp));
  }
  const { threshold, rate } = healthCheck;
  if (threshold !== undefined && textOf(item['HcThreshold']) !== threshold)
    differs('HcThreshold', ['R72'], threshold);
  // Milliseconds are sent; what is shown is in seconds, or so some editions say (A21).
  if (rate !== undefined && textOf(item['HcRate']) !== rate && !isInSeconds(item['HcRate'], Number(rate)))
    differs('HcRate', ['R72'], `${rate}, or that in seconds`);
}

const isInSeconds = (value: unknown, milliseconds: number): boolean =>
  !isUnset(value) && Math.abs(Number(value) - milliseconds / 1000) < 1;

function checkOpposite(believed: Interface, item: Item, differs: Differs): void {
  const { interfaceId, routerId, routerType, ownerId } = believed.opposite;
  const rules = believed.link === null ? ['R29', 'R72'] : ['R29', 'R72', 'R86'];
  if (!optional(item['OppositeInterfaceId'], interfaceId))
    differs('OppositeInterfaceId', rules, show(interfaceId));
  if (!optional(item['OppositeRouterId'], routerId)) differs('OppositeRouterId', rules, show(routerId));
  // Where it was never sent, the default is VBR by the text and what was there before by observation (A11).
  const type = item['OppositeRouterType'];
  const types = routerType === undefined ? [undefined, '', 'VRouter', 'VBR'] : [routerType];
  if (!types.includes(type as string | undefined))
    differs('OppositeRouterType', ['R29', 'R72'], types.map(show).join(' or '));
  const owner = item['OppositeInterfaceOwnerId'];
  // Unset it may be shown as "" or as the caller's own (A33).
  if (ownerId !== undefined && textOf(owner) !== ownerId) {
    differs('OppositeInterfaceOwnerId', ['R29', 'R72'], show(ownerId));
  }
}
