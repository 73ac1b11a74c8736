import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { NestedObject } from './nested-parameters.ts';
import { typedRequest } from './typed-request.ts';

const models = createRequire(import.meta.url)('@alicloud/vpc20160428') as Record<string, unknown>;
const request = (params: NestedObject): object | undefined =>
  typedRequest(models['DescribeRouterInterfacesRequest'], params);

describe('typedRequest', () => {
  test('puts every parameter into its typed field', () => {
    const made = request({
      RegionId: 'r',
      PageSize: '50',
      IncludeReservationData: 'true',
      Filter: [{ Key: 'Status', Value: ['Active', ''] }],
      Tags: [{ Key: 'k', Value: '1' }],
    });
    expect(made).toMatchObject({
      regionId: 'r',
      pageSize: 50,
      includeReservationData: true,
      filter: [{ key: 'Status', value: ['Active', ''] }],
      tags: [{ key: 'k', value: '1' }],
    });
    expect(made).toBeInstanceOf(models['DescribeRouterInterfacesRequest'] as new () => object);
  });

  test.each(['ten', '', '010', '1.0', 'True'])('leaves %j as the text it is', (text) => {
    expect(request({ PageSize: text, IncludeReservationData: text })).toMatchObject({
      pageSize: text,
      includeReservationData: text,
    });
  });

  test.each<[string, NestedObject]>([
    ['an unknown parameter', { Colour: 'red' }],
    ['an unknown parameter further down', { Filter: [{ Key: 'Name', Colour: 'red' }] }],
    ['a list for a string', { RegionId: ['a'] }],
    ['a string for a list', { Filter: 'a' }],
    ['an object for a list', { Filter: { Key: 'a' } }],
    ['a string for an object', { Filter: ['a'] }],
    ['the name of a field', { regionId: 'r' }],
  ])('there is none for %s', (_name, params) => {
    expect(request(params)).toBeUndefined();
  });

  test('there is none for an operation that the SDK does not know', () => {
    expect(typedRequest(models['FlyRequest'], {})).toBeUndefined();
  });
});
