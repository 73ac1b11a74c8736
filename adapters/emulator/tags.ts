import type { Call, Guard, Operation } from './operation.ts';
import { listOf, tagsOf } from './parameters.ts';
import { regionGuard } from './regions.ts';
import type { RouterInterface } from './world.ts';

const resourceTypes = new Set(['ROUTERINTERFACE', 'VIRTUALBORDERROUTER', 'PHYSICALCONNECTION']);

const typeGuard: Guard = {
  name: 'type',
  kind: 'parameter',
  check: ({ params }) =>
    resourceTypes.has((params['ResourceType'] ?? '').toUpperCase()) ? undefined : 'InvalidResourceType',
};

/** R92: at most 20 ids and 20 tags, and R27 for the tags themselves. No table names the codes. */
const listGuard: Guard = {
  name: 'lists',
  kind: 'parameter',
  check: ({ params }) => {
    if (listOf(params, 'ResourceId').length > 20) return 'InvalidResourceId';
    const list = tagsOf(params, 'Tag');
    if (list?.keyless === true) return 'tagKeyMissing';
    return list && (list.count > 20 || list.malformed) ? 'InvalidTag' : undefined;
  },
};

/** Returns the interfaces of the region; border routers and circuits do not exist here. */
function taggable({ params, world }: Call): RouterInterface[] {
  if (params['ResourceType']?.toUpperCase() !== 'ROUTERINTERFACE') return [];
  return [...world.interfaces.values()].filter((ri) => ri.regionId === params['RegionId']);
}

/** TagResourcesForExpressConnect: adds tags to interfaces, replacing values of the same key (R92). */
export const tagResources: Operation = {
  mandatory: ['RegionId', 'ResourceType'],
  guards: [
    regionGuard('region'),
    typeGuard,
    {
      name: 'given',
      kind: 'parameter',
      check: ({ params }) => {
        if (listOf(params, 'ResourceId').length === 0) return 'MissingResourceId';
        return tagsOf(params, 'Tag') ? undefined : 'MissingTag';
      },
    },
    listGuard,
    {
      name: 'resource',
      kind: 'existence',
      check: (call) => {
        const known = new Set(taggable(call).map(({ id }) => id));
        return listOf(call.params, 'ResourceId').every((id) => known.has(id)) ? undefined : 'instance';
      },
    },
    {
      name: 'tagLimit',
      kind: 'state',
      check: (call) => {
        const added = tagsOf(call.params, 'Tag')?.tags;
        const ids = new Set(listOf(call.params, 'ResourceId'));
        const full = taggable(call).some(
          (ri) => ids.has(ri.id) && Object.keys({ ...ri.tags, ...added }).length > 20,
        );
        return full ? 'InvalidTag' : undefined;
      },
    },
  ],
  perform: (call) => {
    const added = tagsOf(call.params, 'Tag')?.tags;
    const ids = new Set(listOf(call.params, 'ResourceId'));
    for (const ri of taggable(call)) if (ids.has(ri.id)) ri.tags = { ...ri.tags, ...added };
    return {};
  },
};

/** ListTagResourcesForExpressConnect: one entry per interface and tag, by ids, by tags, or both. */
export const listTagResources: Operation = {
  mandatory: ['RegionId', 'ResourceType'],
  reads: true,
  guards: [
    regionGuard('regionProvided'),
    typeGuard,
    {
      name: 'given',
      kind: 'parameter',
      check: ({ params }) =>
        listOf(params, 'ResourceId').length > 0 || tagsOf(params, 'Tag') ? undefined : 'MissingResourceId',
    },
    listGuard,
  ],
  perform: (call) => {
    const ids = new Set(listOf(call.params, 'ResourceId'));
    const wanted = Object.entries(tagsOf(call.params, 'Tag')?.tags ?? {});
    const found = taggable(call).filter(
      (ri) =>
        (ids.size === 0 || ids.has(ri.id)) &&
        wanted.every(
          ([key, value]) => ri.tags?.[key] !== undefined && (value === '' || ri.tags[key] === value),
        ),
    );
    return {
      NextToken: '',
      TagResources: {
        TagResource: found.flatMap((ri) =>
          Object.entries(ri.tags ?? {}).map(([TagKey, TagValue]) => ({
            ResourceId: ri.id,
            ResourceType: 'ROUTERINTERFACE',
            TagKey,
            TagValue,
          })),
        ),
      },
    };
  },
};
