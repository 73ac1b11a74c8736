import { expect, test } from 'vitest';
import * as z from 'zod';
import { facts } from './facts.ts';
import { rulesAsJson, rulesAsText } from './print.ts';

const ids = (text: string): string[] => [...text.matchAll(/^([RP]\d+) {2}/gm)].map((match) => match[1] ?? '');

test('a rule in full', () => {
  expect(rulesAsText({ rules: ['R37'] })).toBe(
    [
      `R37  connect-different-routers${' '.repeat(60)}documented`,
      '  The two ends are on different routers, hence no interface connects with itself.',
      '  operations  ConnectRouterInterface',
      '  editions    E2016, E2019, E2023, E2024, ECS2014',
      '  sources     E2016 text; error tables of the operations',
      '  modelled    yes',
      '  refusals    1',
      '    400 IncorrectOppositeInterfaceInfo (documented)',
      '      "Cannot connect on the same router"',
      '      ConnectRouterInterface: both ends on one router',
      '      E2019, E2023, E2024, ECS2014',
      '',
    ].join('\n'),
  );
});

test('everything fits a terminal of 100 columns, and every rule is there', () => {
  const lines = rulesAsText().split('\n');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  for (const rule of facts.rules)
    expect(lines.some((line) => line.startsWith(`${rule.id}  ${rule.key} `))).toBe(true);
});

test('what is not modelled says why; what is cut off or unknown shows it', () => {
  expect(rulesAsText({ rules: ['R7'] })).toContain(
    'modelled    no, needs a second account: an interface of another',
  );
  const peerDeleted = rulesAsText({ rules: ['R50'] });
  expect(peerDeleted).toContain('400 OppositeRouterInterfaceIsDele… (documented)');
  expect(peerDeleted).toContain('message not known');
  expect(rulesAsText({ rules: ['R10'] })).toContain('"The specified Sp…"');
  expect(rulesAsText({ rules: ['R68'] })).toContain('message not known, printed as "%s"');
  expect(rulesAsText({ rules: ['R18'] })).toContain('??? QuotaExceeded… (observed)');
  expect(rulesAsText({ rules: ['R22'] })).toContain('none listed, code not documented');
});

test('refusals that differ in the operation only are printed once', () => {
  const text = rulesAsText({ rules: ['R1'] });
  expect(text.match(/MissingRegionId/g)).toHaveLength(1);
  expect(text).toContain('all nine: RegionId missing');
});

const printed = z.object({
  rules: z.array(
    z.object({
      id: z.string(),
      modelled: z.boolean(),
      notModelled: z.object({ reason: z.string() }).optional(),
    }),
  ),
  editions: z.array(z.object({ id: z.string() })),
});

test('JSON carries the same rules', () => {
  const { rules, editions } = printed.parse(JSON.parse(rulesAsJson()));
  expect(rules.map((rule) => rule.id)).toEqual(facts.rules.map((rule) => rule.id));
  expect(editions).toHaveLength(facts.editions.length);
  const gap = rules.find((rule) => rule.id === 'R7');
  expect(gap?.modelled).toBe(false);
  expect(gap?.notModelled?.reason).toMatch(/another account/);
  expect(rules.find((rule) => rule.id === 'R33')).toMatchObject({ modelled: true });
});

test('a filter by rule and by operation', () => {
  expect(ids(rulesAsText({ rules: ['P1', 'R37', 'R37', 'connect-idle'] }))).toEqual(['P1', 'R37', 'R34']);
  expect(ids(rulesAsText({ operation: 'DeleteVpc' }))).toEqual(['R87']);
  expect(ids(rulesAsText({ operation: 'gateway' }))).toHaveLength(10);
  expect(ids(rulesAsText({ rules: ['R37'], operation: 'DeleteVpc' }))).toEqual([]);
});

test('unknown names are refused with what there is', () => {
  expect(() => rulesAsText({ rules: ['R137'] })).toThrow(/unknown rule "R137".*R1 to R100.*R100 \(gw-ram\)/);
  expect(() => rulesAsJson({ operation: 'Connect' })).toThrow(
    /unknown operation "Connect".*ConnectRouterInterface/,
  );
});
