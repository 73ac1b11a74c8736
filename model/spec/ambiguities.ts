import { parseList } from './parse.ts';
import type { Ambiguity } from './schema.ts';
import { ambiguitySchema } from './schema.ts';

/**
 * Where the documents are silent or contradict each other. `values` are the answers a tolerant judge
 * accepts: the choice points of the model; none where nothing can be judged.
 */
export const ambiguities: readonly Ambiguity[] = parseList('ambiguities', ambiguitySchema, [
  {
    id: 'A1',
    topic: 'Which refusal comes first when several apply',
    text: 'No edition gives an order. The rows of the tables are ordered differently from edition to edition, so that the code of any broken rule is acceptable.',
    values: ['any-broken-rule'],
    sources: ['E2018b', 'E2024', 'ECS2014'],
  },
  {
    id: 'A2',
    topic: 'Code of Connect on an interface that is not Idle',
    text: 'Every edition demands Idle. The seed document and E2019 list no code for it, ECS2014 lists IncorrectStatus, E2024 and later IncorrectRIStatus.',
    values: ['IncorrectStatus', 'IncorrectRIStatus'],
    sources: ['E2018b', 'E2019', 'E2024', 'ECS2014'],
  },
  {
    id: 'A3',
    topic: 'Status of the acceptor while the initiator is Connecting',
    text: 'About the initiator only, as far as the operation pages go. E2016 and the table of CONCEPT2018 show the acceptor accepting and then both in service; that they get there together is not said.',
    values: ['Idle', 'AcceptingConnecting', 'Active'],
    sources: ['E2016', 'CONCEPT2018'],
  },
  {
    id: 'A4',
    topic: 'Connect while the acceptor does not point back',
    text: 'For E2016 both ends have to name each other, and TF repeats the call for two minutes on NotSet. Open: whether the call is refused or stays Connecting, and the code when the acceptor names a third interface.',
    values: ['refused-NotSet', 'refused-IncorrectOppositeInterfaceInfo', 'accepted-never-Active'],
    sources: ['E2016', 'TF'],
  },
  {
    id: 'A5',
    topic: 'Connect again while Connecting or Active',
    text: 'The rule on Idle and the rule on one pair are both broken; which one answers is open.',
    values: ['IncorrectStatus', 'IncorrectRIStatus', 'Forbidden.OnlyOneConnection'],
    sources: ['E2018b', 'E2024', 'ECS2014'],
  },
  {
    id: 'A6',
    topic: 'Two initiators that name one acceptor',
    text: 'E2016 allows one peer only, without a code. The acceptor can point back to one of them, so the other is a case of A4, or of the one-pair rule when the routers are the same.',
    values: [
      'refused-NotSet',
      'refused-IncorrectOppositeInterfaceInfo',
      'accepted-never-Active',
      'Forbidden.OnlyOneConnection',
    ],
    sources: ['E2016'],
  },
  {
    id: 'A7',
    topic: 'Whether Deactivate and Activate reach the peer',
    text: 'CONCEPT2018 shows both ends changing together, the operation pages speak of the called interface. In RUN2019 the acceptor is frozen successfully after the initiator has become Inactive: one-sided freezing, a rule not enforced, or a peer that follows late.',
    values: ['peer-unchanged', 'peer-follows', 'peer-follows-late'],
    sources: ['CONCEPT2018', 'RUN2019', 'TF'],
  },
  {
    id: 'A8',
    topic: 'What deleting one end does to the other',
    text: 'The other end survives (RUN2019) and keeps its opposite ids; its peer status reads Deleted. A 2018 sample shows a survivor Inactive without saying why.',
    values: ['peer-status-unchanged', 'peer-becomes-Inactive'],
    sources: ['RUN2019', 'E2018a', 'E2026'],
  },
  {
    id: 'A9',
    topic: 'A way back to Idle',
    text: 'No operation is documented to lead back to Idle, and TF asks to delete and rebuild for a new peer: an interface connects once in its life (inferred).',
    values: ['no-way-back'],
    sources: ['TF'],
  },
  {
    id: 'A10',
    topic: 'Changing opposite information while not Idle',
    text: 'E2016 and TF rule it out, while the E2024 table allows changes of attributes in Active, Idle and Inactive without telling attributes apart. No code is known.',
    values: ['IncorrectStatus', 'InvalidParam.ModifyRouterInterface', 'LinkRole.NotSupport', 'accepted'],
    sources: ['E2016', 'E2024', 'TF'],
  },
  {
    id: 'A11',
    topic: 'Opposite information given in part',
    text: 'The documented default of OppositeRouterType is VBR. RUN2019 leaves it out and the VRouter given at creation stays, so what is left out seems to be kept.',
    values: ['keeps-what-is-not-sent', 'resets-to-VBR'],
    sources: ['RUN2019', 'TF', 'E2024'],
  },
  {
    id: 'A12',
    topic: 'Statuses in which the Spec may change, and what follows',
    text: 'All editions say Activating, then Active, without a status to start from. A TF test changes an Idle interface. Modifying is in the enumeration but in no text; nothing is known of Inactive.',
    values: [
      'Active-via-Activating',
      'Active-via-Modifying',
      'Idle-stays-Idle',
      'Idle-goes-Activating',
      'Inactive-accepted',
      'Inactive-refused',
    ],
    sources: ['E2019', 'TF', 'SDK'],
  },
  {
    id: 'A13',
    topic: 'A Spec that does not suit the role',
    text: 'Negative is for the accepting side, but no code is documented for an accepting interface with a bandwidth or an initiating one with Negative; the server may also correct it, as ROS does.',
    values: ['refused-InvalidSpec', 'refused-otherwise', 'accepted-as-Negative'],
    sources: ['ROS', 'SDK'],
  },
  {
    id: 'A14',
    topic: 'Whether deletion takes time',
    text: 'The text is silent; Deleting is a status, clients poll for up to 1000 seconds, and deleting the VPC right afterwards is refused for a while. What other operations answer meanwhile is unknown.',
    values: ['gone-at-once', 'Deleting-then-gone'],
    sources: ['RUN2019', 'TF', 'SDK'],
  },
  {
    id: 'A15',
    topic: 'Deleting twice',
    text: 'A not-found code is expected: ECS2014 lists the one of the instance, the other operations use the one of the interface; with the same token it may succeed again.',
    values: ['InvalidInstanceId.NotFound', 'InvalidRouterInterfaceId.NotFound', 'accepted-with-same-token'],
    sources: ['ECS2014', 'TF'],
  },
  {
    id: 'A16',
    topic: 'Using a ClientToken again',
    text: 'The answer to the same token, with the same or other parameters, and the life time of a token are undocumented. Connect, Activate, Deactivate and ModifyAttribute take none.',
    values: ['same-answer', 'refused-token-processing'],
    sources: ['E2021', 'SDK', 'TF'],
  },
  {
    id: 'A17',
    topic: 'Overdue account and overdue interface',
    text: 'For Create and Connect one overdue interface anywhere in the account is enough, for the other changes it is the interface itself; Delete has no such rule. Current pages dropped the sentence for Deactivate but kept the code.',
    values: [],
    sources: ['E2018b', 'E2019', 'E2024'],
  },
  {
    id: 'A18',
    topic: 'When the one-pair rule applies',
    text: 'The Create page repeats the rule as if it were about creation, but TF tests make several unconnected interfaces on one router: it applies when connecting.',
    values: ['when-connecting'],
    sources: ['E2018b', 'TF'],
  },
  {
    id: 'A19',
    topic: 'Quotas',
    text: 'Five per router in all editions, five per user in E2016 and TF (per region), other numbers on an older page of limits. Of the code only QuotaExceeded is known, perhaps with a suffix.',
    values: ['QuotaExceeded'],
    sources: ['E2016', 'TF'],
  },
  {
    id: 'A20',
    topic: 'Billing fields',
    text: 'In 2018 only PostPaid; later both kinds and no default. Answers spell the kind AfterPay, PrePaid, Prepaid or PayByTraffic.',
    values: [],
    sources: ['E2018a', 'E2021', 'E2024', 'TF'],
  },
  {
    id: 'A21',
    topic: 'Types and units that disagree',
    text: 'OppositeInterfaceOwnerId is a String or a Long, HcRate goes in as milliseconds and comes out as seconds, FastLinkMode and HasReservationData are booleans or strings, and the dot in Name is allowed in some editions only.',
    values: [],
    sources: ['E2018b', 'E2024', 'SDK', 'RUN2019'],
  },
  {
    id: 'A22',
    topic: 'Samples outside the enumerations',
    text: 'Samples print the statuses active and Normal, the Spec Large and the health status normal: no measure for anything.',
    values: [],
    sources: ['E2024', 'SDK'],
  },
  {
    id: 'A23',
    topic: 'Format of times',
    text: 'The text has minutes and Z; samples have seconds, with and without Z.',
    values: ['minutes-Z', 'seconds-Z', 'seconds'],
    sources: ['E2024', 'RUN2019'],
  },
  {
    id: 'A24',
    topic: 'An interface of another region',
    text: 'What answers a RegionId other than the own one of the interface is not documented; presumably not-found.',
    values: ['InvalidRouterInterfaceId.NotFound', 'InvalidInstanceId.NotFound'],
    sources: ['E2018b'],
  },
  {
    id: 'A25',
    topic: 'Reading an unknown interface singly',
    text: 'The table of DescribeRouterInterfaceAttribute has no row for it; TF expects a success with an empty RouterInterfaceId, or a 404.',
    values: ['empty-200', 'not-found-404'],
    sources: ['TF', 'E2024'],
  },
  {
    id: 'A26',
    topic: 'Codes that were renamed',
    text: 'IncorrectStatus became IncorrectRIStatus (Connect, Activate, Deactivate) or InvalidInstance.StatusError (Delete) but stayed for ModifyAttribute; FinancileLocked became FinancialLocked, Malformd became Malformed, and the route dependency of Delete has had three names.',
    values: ['any-spelling'],
    sources: ['E2016', 'E2018b', 'E2023', 'E2024', 'E2025'],
  },
  {
    id: 'A27',
    topic: 'One 404 code for two things',
    text: 'DescribeRouterInterfaces also answers bad paging with InvalidRegionId.NotFound.',
    values: ['InvalidRegionId.NotFound'],
    sources: ['E2024'],
  },
  {
    id: 'A28',
    topic: 'HTTP 500 for a refusal',
    text: 'The deletion of a subscription is listed with HTTP 500.',
    values: ['500'],
    sources: ['ECS2014'],
  },
  {
    id: 'A29',
    topic: 'Default format of answers',
    text: 'The page on common parameters contradicts itself on the default Format, so requests always say JSON.',
    values: [],
    sources: ['E2018a'],
  },
  {
    id: 'A30',
    topic: 'Slips of copying',
    text: 'Connect once claims to create a VPC, a Deactivate sample answers as Activate, and a list sample shows route tables: no measure for anything.',
    values: [],
    sources: ['E2018a', 'E2018b', 'E2019', 'SDK'],
  },
  {
    id: 'A31',
    topic: 'Word for an activated VBR',
    text: 'Create wants an activated VBR, whose own status enumeration is in lower case (active).',
    values: [],
    sources: ['SDK'],
  },
  {
    id: 'A32',
    topic: 'A connection that cannot be established',
    text: 'No edition tells what becomes of Connecting then, nor how long it may last; TF gives up after 120 seconds.',
    values: ['stays-Connecting', 'back-to-Idle'],
    sources: ['TF'],
  },
  {
    id: 'A33',
    topic: 'Owner of the peer within one account',
    text: 'The tables demand all four opposite fields. RUN2019 never sends the owner, reads an empty string and connects; TF always sends it.',
    values: ['owner-optional', 'owner-required'],
    sources: ['RUN2019', 'TF', 'E2024', 'ECS2014'],
  },
  {
    id: 'A34',
    topic: 'List of specifications',
    text: 'The API pages have twelve bandwidths, CONCEPT2018 many more, depending on scenario and region; RUN2019 reads 2048 for Large.2 where the table has 2000.',
    values: ['short-list', 'long-list'],
    sources: ['CONCEPT2018', 'RUN2019', 'SDK'],
  },
  {
    id: 'A35',
    topic: 'Fields that are left out',
    text: 'RUN2019 shows unset fields as missing keys rather than as null; the accepting end has neither OppositeInterfaceSpec nor OppositeBandwidth.',
    values: ['missing-key', 'empty-value'],
    sources: ['RUN2019'],
  },
]);

const byId = new Map(ambiguities.map((ambiguity) => [ambiguity.id, ambiguity]));

export function ambiguityById(id: string): Ambiguity {
  const found = byId.get(id);
  if (found === undefined)
    throw new Error(`unknown ambiguity ${JSON.stringify(id)}: A1 to A${ambiguities.length} exist`);
  return found;
}
