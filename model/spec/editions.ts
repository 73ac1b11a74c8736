/**
 * Where the facts come from.
 *
 * Document editions are complete enough to be a judge of their own (`--edition E2018b`): strict. The other
 * sources only support single statements: clients, metadata, recorded runs, lists of the API gateway.
 */
export const editions = [
  {
    id: 'E2016',
    title: 'First router-interface documents',
    description:
      'Router-interface chapter of the ECS API and the first VPC 2016-04-28 pages, known through mirrors. Richest in meaning: both ends must name each other, one peer for life, opposite information only while Idle, nothing checked at creation.',
    from: '2016-07',
    to: '2016-12',
    strict: true,
    kind: 'document',
  },
  {
    id: 'E2018a',
    title: 'VPC documents of 2018 without error tables',
    description:
      'Markdown mirror of mid to late 2018. No error tables; pay-as-you-go only; tokens of at most 64 characters.',
    from: '2018-06',
    to: '2018-11',
    strict: true,
    kind: 'document',
  },
  {
    id: 'E2018b',
    title: 'English VPC documents of late 2018',
    description:
      'The seed document ConnectRouterInterface and its siblings: the first English error tables. Overdue is spelled Forbidden.FinancileLocked; the Connect table has no code for a wrong status or missing opposite information.',
    from: '2018-11',
    to: '2019-02',
    strict: true,
    kind: 'document',
    seed: true,
  },
  {
    id: 'E2019',
    title: 'Chinese VPC documents of 2019',
    description: 'Error tables in Chinese pages; Connect gains the same-router and the cross-BID refusals.',
    from: '2019-01',
    to: '2019-12',
    strict: true,
    kind: 'document',
  },
  {
    id: 'E2021',
    title: 'International pages of 2020 and 2021',
    description: 'Last edition that spells out Deactivating; Delete answers IncorrectStatus.',
    from: '2020-01',
    to: '2021-12',
    strict: true,
    kind: 'document',
  },
  {
    id: 'E2023',
    title: 'Developer reference of 2022 to August 2023',
    description:
      'Activate still answers IncorrectStatus; PconnTrafficNotEnable appears; subscriptions are allowed.',
    from: '2022-01',
    to: '2023-08',
    strict: true,
    kind: 'document',
  },
  {
    id: 'E2024',
    title: 'Pages generated from metadata, September 2023 to November 2024',
    description:
      'IncorrectRIStatus, the NotSet refusal, many health-check codes, and the spelling Forbidden.FinancialLocked.',
    from: '2023-09',
    to: '2024-11',
    strict: true,
    kind: 'document',
  },
  {
    id: 'E2025',
    title: 'Pages of February and March 2025',
    description: 'Delete lists ReferredByRouteEntry.RouterInterface and InvalidRouteTable.NotFound.',
    from: '2025-02',
    to: '2025-03',
    strict: true,
    kind: 'document',
  },
  {
    id: 'E2026',
    title: 'Pages of 2026 in several languages',
    description:
      'Activate describes Idle as the first status and the whole cycle, and refuses when the peer is deleted.',
    from: '2026-01',
    to: '2026-10',
    strict: true,
    kind: 'document',
  },
  {
    id: 'ECS2014',
    title: 'Deprecated ECS 2014-05-26 pages',
    description:
      'Old operations as still published in 2026, with old error tables; some rows are cut off in the copies seen.',
    from: '2026-04',
    to: '2026-06',
    strict: true,
    kind: 'document',
  },
  {
    id: 'CONCEPT2018',
    title: 'Concept page "Router interfaces" of Express Connect',
    description:
      'The only table that shows the statuses of both ends side by side; also a longer list of specifications.',
    from: '2018-09',
    strict: false,
    kind: 'document',
  },
  {
    id: 'RUN2019',
    title: 'Printed run of the vendor’s Python tutorial',
    description:
      'A whole life cycle between two VPCs of one account, run on 2019-04-30; the page calls the output "similar to the following".',
    from: '2019-04',
    strict: false,
    kind: 'run',
  },
  {
    id: 'LIVE2018',
    title: 'Answers quoted by users in 2018',
    description: 'Error answers of the live service in issue alibaba/terraform-provider#646.',
    from: '2018-01',
    to: '2018-12',
    strict: false,
    kind: 'run',
  },
  {
    id: 'SDK',
    title: 'TypeScript SDK vpc-20160428',
    description: 'Comments, fields and enumerations of alibabacloud-typescript-sdk at 06a71f93 (2026-08-22).',
    from: '2026-08',
    strict: false,
    kind: 'metadata',
  },
  {
    id: 'SDK-later',
    title: 'Another snapshot of the TypeScript SDK',
    description:
      'Undated, presumably later than SDK: its Activate request carries an explicit note on the transitions.',
    from: '2026-08',
    strict: false,
    kind: 'metadata',
  },
  {
    id: 'META',
    title: 'OpenAPI metadata',
    description: 'Parameters and required flags of aliyun/aliyun-openapi-meta at 2563691c (2026-04-21).',
    from: '2026-04',
    strict: false,
    kind: 'metadata',
  },
  {
    id: 'ROS',
    title: 'Resource type ALIYUN::VPC::RouterInterface',
    description: 'Conditional parameters as the resource orchestration service documents them (2026-03-28).',
    from: '2026-03',
    strict: false,
    kind: 'client',
  },
  {
    id: 'TF',
    title: 'Terraform provider',
    description:
      'What code and acceptance tests of terraform-provider-alicloud at 81c43b67 (2026-08-21) rely on.',
    from: '2026-08',
    strict: false,
    kind: 'client',
  },
  {
    id: 'GATEWAY',
    title: 'Error lists of the current API gateway',
    description:
      'Common errors of the gateway in front of every operation, whatever the edition of the operation’s page.',
    from: '2023-01',
    strict: false,
    kind: 'gateway',
  },
  {
    id: 'GATEWAY-OLD',
    title: 'Older public list of common errors',
    description: 'The same conditions under the names that earlier gateways used.',
    from: '2016-01',
    strict: false,
    kind: 'gateway',
  },
] as const;

/** Any source of facts. */
export type SourceId = (typeof editions)[number]['id'];
/** A source that `--edition` can name. */
export type EditionId = Extract<(typeof editions)[number], { strict: true }>['id'];

export const sourceIds: readonly SourceId[] = editions.map((edition) => edition.id);
export const editionIds: readonly EditionId[] = editions
  .filter((edition) => edition.strict)
  .map((edition) => edition.id);
/** The edition of the document that the project started from. */
export const seedEdition: EditionId = 'E2018b';

/** A document edition is strict: it can be the only judge. */
export function isEdition(id: string): id is EditionId {
  return (editionIds as readonly string[]).includes(id);
}
