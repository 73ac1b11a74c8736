import * as fc from 'fast-check';
import type { Command } from '../../model/vocabulary.ts';
import { call } from '../../properties/generate/calls.ts';
import { Letter, type Letters } from './letter.ts';

/** What somebody adds who knows that a pair takes four calls to make: all of them at once. */
export const couple: Letters = fc.constant(
  new Letter(
    'Couple',
    (plan) => {
      const names = [plan.freshName(), plan.freshName()] as const;
      const made = names.map((name, index) =>
        call(
          'CreateRouterInterface',
          {
            RegionId: plan.region,
            Role: index === 0 ? 'InitiatingSide' : 'AcceptingSide',
            Spec: index === 0 ? 'Mini.2' : 'Negative',
            RouterType: 'VRouter',
            RouterId: { ref: `router#${index + 1}` },
            OppositeRegionId: plan.region,
          },
          name,
        ),
      );
      const point = (from: number): Command =>
        call('ModifyRouterInterfaceAttribute', {
          RegionId: plan.region,
          RouterInterfaceId: { ref: names[from] ?? '' },
          OppositeInterfaceId: { ref: names[1 - from] ?? '' },
          OppositeRouterId: { ref: `router#${2 - from}` },
          OppositeRouterType: 'VRouter',
        });
      return [...made, point(0), point(1)];
    },
    ({ count }) => count < 4,
  ),
);

/** A step that the lifecycle has a way on for, by the model. */
export const legal: Letters = fc.nat(99).map(
  (index) =>
    new Letter(
      'Onward',
      (plan) => {
        const ways = plan.legal();
        const [name, operation] = ways[index % ways.length] ?? ['', 'DeleteRouterInterface'];
        const more = operation === 'ModifyRouterInterfaceAttribute' ? { Name: 'edge' } : {};
        const spec = plan.roleOf(name) === 'InitiatingSide' ? 'Small.1' : 'Negative';
        return [
          call(operation, {
            RegionId: plan.region,
            RouterInterfaceId: { ref: name },
            ...(operation === 'ModifyRouterInterfaceSpec' ? { Spec: spec } : more),
          }),
        ];
      },
      (plan) => plan.legal().length > 0,
    ),
);
