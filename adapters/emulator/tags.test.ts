import { describe, expect, test } from 'vitest';
import { Lab } from './testing/lab.ts';

describe('tags', () => {
  test('come with Create or later, filter lists and can be found (R92)', () => {
    const lab = new Lab();
    const router = lab.router();
    const a = lab.create(router, { 'Tags.1.Key': 'team', 'Tags.1.Value': 'red' });
    const b = lab.create(router);
    expect(lab.item(a)['Tags']).toEqual({ Tags: [{ Key: 'team', Value: 'red' }] });
    expect(lab.item(b)).not.toHaveProperty('Tags');
    const tag = { ResourceType: 'ROUTERINTERFACE', 'Tag.1.Key': 'team', 'Tag.1.Value': 'blue' };
    expect(lab.code('TagResourcesForExpressConnect', { ...tag, 'ResourceId.1': b })).toBe('200');
    expect(lab.call('ListTagResourcesForExpressConnect', tag).body).toMatchObject({
      TagResources: {
        TagResource: [{ ResourceId: b, ResourceType: 'ROUTERINTERFACE', TagKey: 'team', TagValue: 'blue' }],
      },
    });
    expect(lab.list({ 'Tags.1.Key': 'team', 'Tags.1.Value': 'red' })).toHaveLength(1);
    expect(lab.list({ 'Tags.1.Key': 'team' })).toHaveLength(2);
  });

  test('are refused in the wrong form or number', () => {
    const lab = new Lab();
    const { a } = lab.ends();
    const tag = { ResourceType: 'ROUTERINTERFACE', 'ResourceId.1': a };
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`Tag.${n + 1}.Key`, `k${n}`]));
    expect(lab.code('TagResourcesForExpressConnect', { ...tag, ...many })).toBe('400 InvalidTag');
    expect(lab.code('TagResourcesForExpressConnect', { ...tag, 'Tag.1.Value': 'x' })).toBe(
      '400 MissingParam.TagKey',
    );
    expect(lab.code('TagResourcesForExpressConnect', { ...tag, ResourceType: 'EIP', 'Tag.1.Key': 'x' })).toBe(
      '400 InvalidResourceType',
    );
    expect(
      lab.code('TagResourcesForExpressConnect', { ResourceType: 'ROUTERINTERFACE', 'Tag.1.Key': 'x' }),
    ).toBe('400 MissingResourceId');
  });
});
