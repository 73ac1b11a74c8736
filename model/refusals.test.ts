import { describe, expect, test } from 'vitest';
import { fitsOf, anyStatus, everyEdition, namedEditions, type Refused } from './refusals.ts';
import { editionIds } from './spec/editions.ts';
import type { JudgedOperation } from './vocabulary.ts';

type Edition = Parameters<typeof fitsOf>[2];
const connect = 'ConnectRouterInterface';
const refused = (status: number, code: string, message = ''): Refused => ({ status, code, message });
const by = (
  rule: string,
  operation: JudgedOperation,
  status: number,
  code: string,
  edition: Edition = 'any',
): boolean => fitsOf(operation, refused(status, code), edition).by(rule) !== false;

describe('a documented code', () => {
  test('refuses by its rule, with its HTTP status and no other', () => {
    expect(by('R33', connect, 400, 'IncorrectRole.NotInitiatingSide')).toBe(true);
    expect(by('R33', connect, 403, 'IncorrectRole.NotInitiatingSide')).toBe(false);
    expect(by('R33', connect, anyStatus, 'IncorrectRole.NotInitiatingSide')).toBe(true);
    expect(by('R33', connect, anyStatus, 'IncorrectRole')).toBe(false);
  });

  test('does not refuse by another rule that has a code', () => {
    expect(by('R33', connect, 400, 'Forbidden.OnlyOneConnection')).toBe(false);
    expect(by('R38', connect, 400, 'IncorrectRole.NotInitiatingSide')).toBe(false);
  });

  test('is compared as it is spelled, whatever the message', () => {
    expect(by('R33', connect, 400, 'incorrectrole.notinitiatingside')).toBe(false);
    const worded = refused(400, 'IncorrectRole.NotInitiatingSide', 'no');
    expect(fitsOf(connect, worded, 'any').by('R33')).toBe('listed');
  });

  test('may be a server error where the documents say so', () => {
    expect(by('R58', 'DeleteRouterInterface', 500, 'InvalidRouterInterfaceChargeType.Malformed')).toBe(true);
  });

  test('that is cut off is compared as a prefix', () => {
    const code = 'OppositeRouterInterfaceIsDeleted';
    expect(by('R50', 'ActivateRouterInterface', 400, code, 'E2026')).toBe(true);
    expect(by('R50', 'ActivateRouterInterface', 400, 'OppositeRouterInterface', 'E2026')).toBe(false);
  });
});

describe('an edition', () => {
  test('is held to its spelling; any edition takes each', () => {
    const activate = 'ActivateRouterInterface';
    expect(by('R45', activate, 400, 'IncorrectStatus', 'E2018b')).toBe(true);
    expect(by('R45', activate, 400, 'IncorrectRIStatus', 'E2018b')).toBe(false);
    expect(by('R45', activate, 400, 'IncorrectRIStatus', 'E2024')).toBe(true);
    expect(by('R45', activate, 400, 'IncorrectStatus', 'E2024')).toBe(false);
    for (const code of ['IncorrectStatus', 'IncorrectRIStatus'])
      expect(by('R45', activate, 400, code)).toBe(true);
  });

  test('that lists no code for a rule takes any known one, and others that mean nothing else', () => {
    // The seed document has the sentence but no row for the status (A2).
    expect(by('R34', connect, 400, 'IncorrectStatus', 'E2018b')).toBe(true);
    expect(by('R34', connect, 400, 'IncorrectRIStatus', 'E2018b')).toBe(true);
    expect(by('R34', connect, 400, 'IncorrectRole.NotInitiatingSide', 'E2018b')).toBe(false);
  });

  test('has the codes of the gateway in front of it', () => {
    for (const edition of [...editionIds, 'any'] as const) {
      expect(by('R1', connect, 400, 'MissingRegionId', edition)).toBe(true);
      expect(by('R1', connect, 400, 'NoRegion', edition)).toBe(false);
    }
  });
});

describe('a rule without a documented code', () => {
  test('may be refused by any client error', () => {
    expect(by('R24', 'CreateRouterInterface', 400, 'InvalidHealthCheck')).toBe(true);
    expect(by('R24', 'CreateRouterInterface', 403, 'Forbidden.HealthCheck')).toBe(true);
    expect(by('R24', 'CreateRouterInterface', 500, 'InternalError')).toBe(false);
    expect(by('R24', 'CreateRouterInterface', anyStatus, 'InvalidHealthCheck')).toBe(true);
  });

  test('may not be refused by a code that means something else', () => {
    expect(by('R24', 'CreateRouterInterface', 400, 'InvalidRole.ValueNotSupported')).toBe(false);
    expect(by('R24', 'CreateRouterInterface', 400, 'MissingRegionId')).toBe(false);
  });

  test('is held to a code that was seen, even if no document prints it', () => {
    expect(by('R36', connect, 400, 'IncorrectOppositeInterfaceInfo.NotSet')).toBe(true);
    expect(by('R36', connect, 400, 'IncorrectOppositeInterfaceInfo')).toBe(true);
    expect(by('R36', connect, 400, 'PeerDoesNotAnswer')).toBe(false);
  });

  test('may have the code of the rule it resembles', () => {
    expect(by('R11', 'CreateRouterInterface', 400, 'InvalidSpec.ValudNotSupported', 'E2018b')).toBe(true);
    expect(by('R21', 'CreateRouterInterface', 400, 'InvalidRole.ValueNotSupported')).toBe(true);
    expect(by('R62', 'ModifyRouterInterfaceAttribute', 400, 'IncorrectStatus', 'E2024')).toBe(true);
    expect(by('R85', 'ActivateRouterInterface', 400, 'Forbidden.FinancialLocked')).toBe(true);
  });

  test('of an interface elsewhere is refused as an unknown one and in no other way (A24)', () => {
    expect(by('R6', connect, 404, 'InvalidRouterInterfaceId.NotFound')).toBe(true);
    expect(by('R6', 'DeleteRouterInterface', 404, 'InvalidInstanceId.NotFound')).toBe(true);
    expect(by('R6', connect, 400, 'WrongRegion')).toBe(false);
  });

  test('with no HTTP status known takes any client error', () => {
    for (const status of [400, 403, 409])
      expect(by('R18', 'CreateRouterInterface', status, 'QuotaExceeded')).toBe(true);
    expect(by('R18', 'CreateRouterInterface', 500, 'QuotaExceeded')).toBe(false);
    expect(by('R18', 'CreateRouterInterface', 400, 'QuotaExceeded.RouterInterface')).toBe(true);
  });
});

describe('how a refusal fits', () => {
  const fit = (rule: string, code: string, edition: Edition = 'any') =>
    fitsOf('CreateRouterInterface', refused(400, code), edition).by(rule);

  test('is by a code that is given for the rule, or for one that it resembles', () => {
    expect(fit('R1', 'MissingRegionId')).toBe('listed');
    expect(fit('R11', 'InvalidSpec.ValudNotSupported', 'E2024')).toBe('listed');
    expect(fit('R17', 'QuotaExceeded.RiPerRouter')).toBe('listed');
  });

  test('or only because no code is given', () => {
    expect(fit('R24', 'InvalidHealthCheck')).toBe('open');
    expect(fit('R26', 'BadName')).toBe('open');
    expect(fit('R1', 'BadRegion')).toBe(false);
  });
});

describe('what is no refusal', () => {
  test.each([200, 302, 399, 600])('HTTP %i refuses nothing', (status) => {
    expect(by('R33', connect, status, 'IncorrectRole.NotInitiatingSide')).toBe(false);
  });

  test('an empty code is no refusal by a rule that has one', () => {
    expect(by('R33', connect, 400, '')).toBe(false);
  });
});

describe('editions', () => {
  const fitting = (rule: string, operation: JudgedOperation, status: number, code: string): string[] => {
    const bits = fitsOf(operation, refused(status, code), 'any').editions(rule);
    return namedEditions.filter((_, index) => (bits & (1 << index)) !== 0);
  };

  test('are those that list the code, or list none', () => {
    expect(fitting('R45', 'ActivateRouterInterface', 400, 'IncorrectRIStatus')).toEqual(
      editionIds.filter((id) => !['E2016', 'E2018b', 'E2019', 'E2021', 'E2023'].includes(id)),
    );
  });

  test('are all for a code of the gateway, and none for a code of nobody', () => {
    expect(fitsOf(connect, refused(400, 'MissingRegionId'), 'any').editions('R1')).toBe(everyEdition);
    expect(fitsOf(connect, refused(400, 'Nonsense'), 'any').editions('R1')).toBe(0);
    expect(namedEditions).toEqual(editionIds);
  });
});

test('more different answers than are remembered are judged all the same', () => {
  for (let index = 0; index < 10_050; index++) {
    if (by('R33', connect, 400, `Invented.${index}`)) throw new Error(`accepted Invented.${index}`);
    if (fitsOf(connect, refused(400, `Invented.${index}`), 'any').editions('R1') !== 0)
      throw new Error(`fits Invented.${index}`);
  }
  expect(by('R33', connect, 400, 'IncorrectRole.NotInitiatingSide')).toBe(true);
  expect(fitsOf(connect, refused(400, 'MissingRegionId'), 'any').editions('R1')).toBe(everyEdition);
});
