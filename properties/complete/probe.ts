/**
 * Short walks through what the documents leave open, so that it is known what the target does there before a
 * suite is made for it. Each is a list of ids of inputs; where a step is not possible the walk ends.
 */
const told = ['Create initiator', 'Create acceptor', 'Tell initiator', 'Tell acceptor'];
const connected = [...told, 'Connect initiator', 'List', 'Settle', 'List'];
const frozen = [...connected, 'Deactivate initiator', 'List', 'Settle', 'List'];

export const probes: readonly (readonly string[])[] = [
  // A12, A3, A7 towards the acceptor, and back.
  [
    ...told,
    'ModifySpec initiator',
    'List',
    'Settle',
    'ModifySpec acceptor',
    'List',
    'Settle',
    'Connect initiator',
    'List',
  ],
  [...frozen, 'ModifySpec initiator', 'List', 'Settle', 'Activate initiator', 'List', 'Settle', 'List'],
  // A7 towards the initiator.
  [
    ...connected,
    'Deactivate acceptor',
    'List',
    'Settle',
    'List',
    'ModifySpec acceptor',
    'List',
    'Activate acceptor',
    'List',
  ],
  // A12 on an interface in service.
  [...connected, 'ModifySpec initiator', 'List', 'Settle', 'ModifySpec acceptor', 'List', 'Settle', 'List'],
  // A8 and R50: the survivor, before and after, from both sides.
  [
    ...frozen,
    'Delete initiator',
    'List',
    'Settle',
    'List',
    'ModifySpec acceptor',
    'Deactivate acceptor',
    'Settle',
    'Activate acceptor',
    'List',
  ],
  [
    ...connected,
    'Deactivate acceptor',
    'Settle',
    'Delete acceptor',
    'List',
    'Settle',
    'List',
    'Deactivate initiator',
    'Settle',
    'Activate initiator',
    'List',
  ],
  // A10.
  [...connected, 'Tell initiator', 'Tell acceptor', 'List'],
  [...frozen, 'Tell initiator', 'List'],
  // A4: the acceptor does not point back; A32: it goes away half-way.
  ['Create initiator', 'Create acceptor', 'Tell initiator', 'Connect initiator', 'List', 'Settle', 'List'],
  // R78: no peer at all.
  [
    'Create initiator',
    'ModifySpec initiator',
    'List',
    'Settle',
    'Create acceptor',
    'ModifySpec acceptor',
    'List',
  ],
];
