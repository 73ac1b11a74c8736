import type { Bench } from '../../adapters/faults/bench.ts';
import type { CallCommand, Command } from '../../model/vocabulary.ts';
import type { Facts } from '../../reports/behaviour.ts';
import { parametersSent } from './sent-facts.ts';
import { call, create, createArgs, ends, frozen, linked, named, on, region } from './situations.ts';
import { bringAbout, paramsOf, perform } from './stage.ts';
import { viewFacts } from './view-facts.ts';

interface AnswerCase {
  readonly name: string;
  readonly before: readonly Command[];
  readonly call: CallCommand;
}

const list = call('DescribeRouterInterfaces', {});
const attribute = 'DescribeRouterInterfaceAttribute';
const oneTag = { 'Tags.1.Key': 'team', 'Tags.1.Value': 'red' };
const twoTags = { ...oneTag, 'Tags.2.Key': 'cost', 'Tags.2.Value': '' };
const healthCheck = {
  HealthCheckSourceIp: '10.0.0.1',
  HealthCheckTargetIp: '10.0.0.2',
  HcRate: '2000',
  HcThreshold: '8',
};
const prepaid = { InstanceChargeType: 'PrePaid', Period: '1', PricingCycle: 'Month', AutoPay: 'true' };

/** Every judged operation, lists with 0, 1 and more items, numbers, booleans, keys that are there and not. */
const cases: readonly AnswerCase[] = [
  { name: 'CreateRouterInterface', before: [], call: call('CreateRouterInterface', createArgs(1)) },
  {
    name: 'CreateRouterInterface, subscription with an order',
    before: [],
    call: call('CreateRouterInterface', createArgs(1, { ...prepaid, ...twoTags, ClientToken: "a b*~+'()!" })),
  },
  { name: 'ConnectRouterInterface', before: ends(), call: on('ConnectRouterInterface', 1) },
  { name: 'DeactivateRouterInterface', before: linked(), call: on('DeactivateRouterInterface', 1) },
  { name: 'ActivateRouterInterface', before: frozen(), call: on('ActivateRouterInterface', 1) },
  { name: 'DeleteRouterInterface', before: [create(1, 1)], call: on('DeleteRouterInterface', 1) },
  {
    name: 'ModifyRouterInterfaceAttribute',
    before: [create(1, 1)],
    call: on('ModifyRouterInterfaceAttribute', 1, {
      Name: 'n\u4f60-_.x',
      Description: 'a b&c=d*~+%',
      ...healthCheck,
    }),
  },
  {
    name: 'ModifyRouterInterfaceSpec',
    before: [create(1, 1)],
    call: on('ModifyRouterInterfaceSpec', 1, { Spec: 'Mini.2' }),
  },
  { name: 'DescribeRouterInterfaces of none', before: [], call: list },
  { name: 'DescribeRouterInterfaces of one without tags', before: [create(1, 1)], call: list },
  { name: 'DescribeRouterInterfaces of one with one tag', before: [create(1, 1, oneTag)], call: list },
  {
    name: 'DescribeRouterInterfaces of three, two connected, one with two tags',
    before: [...linked(), create(3, 1, twoTags), on('ModifyRouterInterfaceAttribute', 3, healthCheck)],
    call: list,
  },
  {
    name: 'DescribeRouterInterfaces, filtered and paged',
    before: [create(1, 1), create(2, 1)],
    call: call('DescribeRouterInterfaces', {
      'Filter.1.Key': 'Status',
      'Filter.1.Value.1': 'Active',
      'Filter.1.Value.2': 'Idle',
      'Filter.2.Key': 'RouterInterfaceId',
      'Filter.2.Value.1': named('ri', 2),
      PageNumber: '1',
      PageSize: '50',
    }),
  },
  {
    name: 'DescribeRouterInterfaceAttribute of a connected one',
    before: linked(),
    call: call(attribute, { InstanceId: named('ri', 1) }),
  },
  {
    name: 'DescribeRouterInterfaceAttribute of none',
    before: [],
    call: call(attribute, { InstanceId: 'ri-none', RegionId: region }),
  },
];

/** Returns, for each kind of success, how what the caller gives and gets differs from what is on the wire. */
export async function measureAnswers(bench: Bench): Promise<Record<string, Facts>> {
  const seen: Record<string, Facts> = {};
  for (const each of cases) {
    const { bindings } = await bringAbout(bench, each.before);
    const params = paramsOf(each.call, bindings);
    const { view, attempts } = await perform(bench, each.call.operation, params);
    seen[each.name] = {
      ...viewFacts(view, attempts),
      attempts: attempts.length,
      parameters: parametersSent(params, attempts[0]),
    };
  }
  return seen;
}
