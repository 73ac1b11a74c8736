import { describe, expect, test } from 'vitest';
import { type Edition, editions } from './editions.ts';
import { Lab } from './testing/lab.ts';
import { locked, modifying, referred, secondPair } from './testing/violations.ts';

/** Spellings by edition: the printed ones, and in brackets those taken from the nearest neighbour. */
const spellings: readonly [
  what: string,
  attempt: (lab: Lab) => string,
  byEdition: Partial<Record<Edition, string>>,
][] = [
  [
    'Connect when not Idle',
    (lab) => lab.on(lab.linked().a, 'ConnectRouterInterface'),
    {
      E2016: 'IncorrectStatus',
      E2018b: 'IncorrectStatus',
      E2019: 'IncorrectStatus',
      E2023: 'IncorrectStatus',
      ECS2014: 'IncorrectStatus',
      E2024: 'IncorrectRIStatus',
      E2026: 'IncorrectRIStatus',
    },
  ],
  [
    'Activate when not Inactive',
    (lab) => lab.on(lab.linked().a, 'ActivateRouterInterface'),
    {
      E2016: 'IncorrectStatus',
      E2023: 'IncorrectStatus',
      E2024: 'IncorrectRIStatus',
      E2026: 'IncorrectRIStatus',
    },
  ],
  [
    'Delete when Active',
    (lab) => lab.on(lab.linked().a, 'DeleteRouterInterface'),
    { E2021: 'IncorrectStatus', ECS2014: 'IncorrectStatus', E2023: 'InvalidInstance.StatusError' },
  ],
  [
    'Deactivate of a locked interface',
    (lab) => locked(lab, lab.linked().a, 'DeactivateRouterInterface'),
    {
      E2016: 'Forbidden.FinancileLocked',
      E2021: 'Forbidden.FinancileLocked',
      ECS2014: 'Forbidden.FinancialLocked',
      E2024: 'Forbidden.FinancialLocked',
    },
  ],
  [
    'a bad Name',
    modifying({ Name: '1' }),
    {
      E2016: 'InvalidName.Malformd',
      E2019: 'InvalidName.Malformd',
      ECS2014: 'InvalidName.Malformd',
      E2024: 'InvalidName.Malformed',
    },
  ],
  [
    'Delete of a next hop',
    referred,
    {
      ECS2014: 'DependencyViolation.RouterInterfaceReferedByRouteEntry',
      E2024: 'RouterInterfaceReferredByRouteEntry',
      E2025: 'ReferredByRouteEntry.RouterInterface',
      E2026: 'ReferredByRouteEntry.RouterInterface',
    },
  ],
];

function descriptionMessage(edition: Edition): unknown {
  const lab = new Lab({ edition });
  const params = { RouterInterfaceId: lab.ends().a, Description: '1' };
  return lab.call('ModifyRouterInterfaceAttribute', params).body['Message'];
}

describe('the edition', () => {
  for (const [what, attempt, byEdition] of spellings) {
    test.each(Object.entries(byEdition))(`${what} in %s is %s`, (text, code) => {
      const edition = editions.find((known) => known === text);
      expect(attempt(new Lab({ edition }))).toBe(`400 ${code}`);
    });
  }

  test('chooses the message too', () => {
    expect(descriptionMessage('E2016')).toBe("The specifid 'Description' is not valid.");
    expect(descriptionMessage('E2019')).toBe('The Description is illeagl.');
    expect(descriptionMessage('E2026')).toBe('The Description is illegal.');
  });

  test('tells the two one-pair messages apart', () => {
    for (const [waited, message] of [
      [0, 'Cannot connect concurrently between same routers'],
      [5000, 'The Specified routers have a connection already'],
    ] as const) {
      const lab = new Lab();
      secondPair(lab, waited);
      expect(lab.log.at(-1)).toContain(message);
    }
  });
});
