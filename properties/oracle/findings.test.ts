import { describe, expect, test } from 'vitest';
import type { Mismatch } from '../../model/mismatch.ts';
import type { Call } from '../../model/permitted.ts';
import { ask, call, createArgs, introduced, linked, ri, world } from '../../model/testing/worlds.ts';
import { fieldFindings, unexpectedAnswer } from './findings.ts';
import { fingerprintOf } from './verdict.ts';

const list = call('DescribeRouterInterfaces');
const mismatch = (field: string, changes: Partial<Mismatch> = {}): Mismatch => ({
  field,
  rules: ['R72'],
  expected: '"a"',
  observed: '"b"',
  interfaceId: 'ri-a',
  ...changes,
});

describe('fingerprintOf', () => {
  test('is the same whatever the order of the rules, and differs with any of them', () => {
    expect(fingerprintOf(['field', ['R2', 'R1']])).toBe(fingerprintOf(['field', ['R1', 'R2']]));
    expect(fingerprintOf(['field', ['R2']])).not.toBe(fingerprintOf(['field', ['R1', 'R2']]));
  });
});

describe('fieldFindings', () => {
  test('has one finding for each thing that does not fit, with field, expected and observed', () => {
    expect(fieldFindings(list, [mismatch('Name'), mismatch('Spec')], 'field')).toEqual([
      {
        kind: 'field',
        operation: list.operation,
        rules: ['R72'],
        expected: 'Name: "a"',
        observed: 'Name: "b"',
        fingerprint: expect.any(String) as string,
      },
      {
        kind: 'field',
        operation: list.operation,
        rules: ['R72'],
        expected: 'Spec: "a"',
        observed: 'Spec: "b"',
        fingerprint: expect.any(String) as string,
      },
    ]);
  });

  test('counts a wrong status once, not again as that of the opposite', () => {
    const status = mismatch('Status');
    const opposite = mismatch('OppositeInterfaceStatus');
    expect(fieldFindings(list, [status, opposite], 'field').map(({ expected }) => expected)).toEqual([
      'Status: "a"',
    ]);
    expect(fieldFindings(list, [opposite], 'field')).toHaveLength(1);
  });

  test('counts an interface too many or too few once, not again as the count', () => {
    const count = mismatch('TotalCount');
    expect(fieldFindings(list, [count, mismatch('RouterInterfaceId')], 'field')).toHaveLength(1);
    expect(fieldFindings(list, [count], 'field')).toHaveLength(1);
  });

  const fingerprint = (field: string, changes: Partial<Mismatch> = {}, asked = list): string | undefined =>
    fieldFindings(asked, [mismatch(field, changes)], 'field')[0]?.fingerprint;
  const attribute = call('DescribeRouterInterfaceAttribute', 'ri-a');

  test('takes the same wrong field of any interface in either view for the same divergence', () => {
    expect(fingerprint('Name', { interfaceId: 'ri-b', observed: 'x' }, attribute)).toBe(fingerprint('Name'));
    expect(fingerprint('Spec')).not.toBe(fingerprint('Name'));
    expect(fingerprint('Name', { rules: ['R44'] })).not.toBe(fingerprint('Name'));
  });

  test('tells wrong statuses apart by what was seen', () => {
    expect(fingerprint('Status', { observed: '"Idle"' })).not.toBe(
      fingerprint('Status', { observed: '"Active"' }),
    );
  });

  test('tells operations apart by what is not about an interface', () => {
    const count = { ...mismatch('PageSize') };
    const { interfaceId: _none, ...plain } = count;
    const of = (asked: typeof list, kind: 'field' | 'envelope') =>
      fieldFindings(asked, [plain], kind)[0]?.fingerprint;
    expect(of(list, 'field')).not.toBe(of(attribute, 'field'));
    expect(of(list, 'envelope')).toBe(of(attribute, 'envelope'));
  });
});

describe('unexpectedAnswer', () => {
  const refused = (code: string, status = 400) =>
    ({ kind: 'refusal', status, code, message: 'why' }) as const;
  const success = { kind: 'success', body: {} } as const;
  const activate = call('ActivateRouterInterface', 'ri-a');

  test('names the rules that leave no choice when a call was wrongly accepted', () => {
    const open = ask({ ...linked(), overdue: true }, call('ConnectRouterInterface', 'ri-a'));
    const { kind, rules } = unexpectedAnswer(call('ConnectRouterInterface', 'ri-a'), [open], success);
    expect({ kind, rules: rules.toSorted() }).toEqual({ kind: 'accepted', rules: ['R34', 'R38', 'R41'] });
  });

  test('names those that may be refused when there are no others', () => {
    const open = ask(linked(), call('ModifyRouterInterfaceSpec', 'ri-a', { Spec: 'Negative' }));
    const onlyOpen = { outcomes: open.outcomes.filter((outcome) => outcome.kind === 'refusal') };
    expect(unexpectedAnswer(activate, [onlyOpen], success).rules).toEqual(['R74']);
  });

  test('names what the target seems to have had in mind when it refused what it must accept', () => {
    const fine = ask(linked('Inactive.frozen'), activate);
    const finding = unexpectedAnswer(activate, [fine], refused('Forbidden.FinancialLocked'));
    expect(finding).toMatchObject({
      kind: 'refused',
      expected: 'success',
      observed: 'HTTP 400 Forbidden.FinancialLocked: why',
    });
    expect(finding.rules).toEqual(['R46', 'R45', 'R47']);
    expect(unexpectedAnswer(activate, [fine], refused('', 500)).observed).toBe('HTTP 500 (no code): why');
  });

  test('lists what would have been right when the code is another one', () => {
    const asked = ask(introduced(), activate);
    expect(unexpectedAnswer(activate, [asked], refused('Nonsense'))).toMatchObject({
      kind: 'code',
      rules: ['R45'],
      expected: 'refusal by R45 (400 IncorrectStatus, 400 IncorrectRIStatus)',
    });
  });

  test('lists what the edition has, where it is held to one', () => {
    const asked = ask(introduced(), activate);
    const { expected } = unexpectedAnswer(activate, [asked], refused('Nonsense'), 'E2026');
    expect(expected).toBe('refusal by R45 (400 IncorrectRIStatus)');
  });

  test('says where no code is documented', () => {
    const asked = ask(world([]), call('ActivateRouterInterface', 'ri-a', { RegionId: 'cn-nowhere' }));
    const { expected } = unexpectedAnswer(activate, [asked], refused('Nonsense'));
    expect(expected).toContain('refusal by R3 (404 InvalidRegionId.NotFound)');
    const hc = call('CreateRouterInterface', undefined, {
      Role: 'InitiatingSide',
      HealthCheckSourceIp: '10.0.0.1',
    });
    expect(unexpectedAnswer(hc, [ask(world([]), hc)], refused('Nonsense', 500)).expected).toContain(
      'refusal by R24 (code not documented)',
    );
  });

  test('takes a code whose HTTP status is not known for a client error', () => {
    const crowded = world(Array.from({ length: 5 }, (_, index) => ri(`ri-${index}`)));
    const create: Call = { operation: 'CreateRouterInterface', args: createArgs };
    const { expected } = unexpectedAnswer(create, [ask(crowded, create)], success);
    expect(expected).toBe('refusal by R17 (4xx QuotaExceeded)');
  });

  test('where the call may also be accepted, adds what the code stands for', () => {
    const spec = call('ModifyRouterInterfaceSpec', 'ri-a', { Spec: 'Negative' });
    const { kind, rules } = unexpectedAnswer(
      spec,
      [ask(linked(), spec)],
      refused('InvalidOpposite.NotFound'),
    );
    expect({ kind, rules }).toEqual({ kind: 'code', rules: ['R74', 'R78'] });
  });
});
