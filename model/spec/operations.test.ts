import { expect, test } from 'vitest';
import { enums, filterKeys, roles, routerTypes, specs } from './enums.ts';
import { limits } from './limits.ts';
import { operationNames } from './names.ts';
import { ambiguities, ambiguityById } from './ambiguities.ts';
import { editionsWithTable, operationByName, operations, parameterOf } from './operations.ts';

const named = (kind: string): string[] =>
  enums.statuses.filter((status) => status.kind === kind).map((status) => status.name);

test('every operation has its facts', () => {
  expect(new Set(operations.map((operation) => operation.name))).toEqual(new Set(operationNames));
  for (const name of operationNames) expect(operationByName(name).name).toBe(name);
});

test('parameters use the words of the enumerations', () => {
  const specNames = specs.map((spec) => spec.name);
  expect(parameterOf('CreateRouterInterface', 'Role').enum).toEqual([...roles]);
  expect(parameterOf('CreateRouterInterface', 'RouterType').enum).toEqual([...routerTypes]);
  expect(parameterOf('CreateRouterInterface', 'Spec').enum).toEqual(specNames);
  expect(parameterOf('ModifyRouterInterfaceSpec', 'Spec').enum).toEqual(specNames);
  expect(parameterOf('DescribeRouterInterfaces', 'Filter.N.Key').enum).toEqual([...filterKeys]);
});

test('parameters keep to the limits', () => {
  const size = parameterOf('DescribeRouterInterfaces', 'PageSize');
  expect([size.default, size.max]).toEqual([limits.pageSizeDefault.value, limits.pageSizeMax.value]);
  const name = parameterOf('ModifyRouterInterfaceAttribute', 'Name');
  expect([name.min, name.max]).toEqual([limits.nameMin.value, limits.nameMax.value]);
  expect(() => parameterOf('DescribeRouterInterfaces', 'PageNo')).toThrow(
    /no parameter PageNo; there are .*PageNumber/,
  );
});

test('the patterns accept and refuse what the notes say', () => {
  const pattern = new RegExp(parameterOf('ModifyRouterInterfaceAttribute', 'Name').pattern ?? '', 'u');
  for (const good of ['ab', 'a1._-', '路由', `a${'b'.repeat(127)}`]) expect(good).toMatch(pattern);
  for (const bad of ['a', '1a', 'a b', `a${'b'.repeat(128)}`, 'http://x']) expect(bad).not.toMatch(pattern);
});

test('tables are known for some editions only', () => {
  expect(editionsWithTable('DescribeRouterInterfaceAttribute')).toEqual(['E2024']);
  expect(editionsWithTable('ConnectRouterInterface')).toContain('E2018b');
  expect(editionsWithTable('ConnectRouterInterface')).not.toContain('E2021');
});

test('a status is stable, transitional, or of a peer only', () => {
  expect(named('stable')).toEqual(['Idle', 'Active', 'Inactive']);
  expect(named('transitional')).toHaveLength(6);
  expect(named('peer-only')).toEqual(['Deleted']);
});

test('an unknown ambiguity is refused by name', () => {
  expect(ambiguityById('A7').values).toEqual(['peer-unchanged', 'peer-follows', 'peer-follows-late']);
  expect(() => ambiguityById('A99')).toThrow(`A1 to A${ambiguities.length} exist`);
});
