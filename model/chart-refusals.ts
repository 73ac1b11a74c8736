import { accept, refuse, replay, wrongStatus } from './chart-transitions.ts';

/** What every operation refuses whatever the status: malformed calls, and rules about the world around. */
export const refusedAnywhere = {
  CREATE: [
    replay,
    ...['R1', 'P4', 'R3', 'P5', 'R9', 'R10', 'R17', 'R19', 'R21', 'R24', 'R26', 'R27'].map((rule) =>
      refuse(rule),
    ),
    refuse('R32', 'A16'),
    refuse('R11', 'A13'),
    refuse('R12', 'A13'),
    refuse('R18', 'A19'),
    refuse('R23', 'A11'),
  ],
  CONNECT: [
    ...['R1', 'R2', 'R3', 'R6', 'R33', 'R37', 'R38', 'R39', 'R41'].map((rule) => refuse(rule)),
    refuse('R40', 'A6'),
    refuse('R35', 'A33'),
    refuse('R36', 'A4'),
  ],
  ACTIVATE: ['R1', 'R2', 'R3', 'R6'].map((rule) => refuse(rule)).concat(refuse('R50', 'A8')),
  DEACTIVATE: ['R1', 'R2', 'R3', 'R6'].map((rule) => refuse(rule)),
  DELETE: [replay, ...['R1', 'R2', 'R3', 'R6', 'R57'].map((rule) => refuse(rule)), refuse('R32', 'A16')],
  MODIFY_ATTRIBUTE: [
    ...['R1', 'R2', 'R3', 'R6', 'R63', 'R64', 'R65', 'R66', 'R67', 'R68'].map((rule) => refuse(rule)),
    refuse('R69', 'A10'),
  ],
  MODIFY_SPEC: [
    replay,
    ...['R1', 'R2', 'R3', 'R6', 'P4', 'R73'].map((rule) => refuse(rule)),
    refuse('R32', 'A16'),
    refuse('R74', 'A13'),
    refuse('R78', 'A12'),
  ],
  DESCRIBE_LIST: [
    ...['R1', 'R3', 'R80', 'R82'].map((rule) => refuse(rule)),
    refuse('R81'),
    accept('DESCRIBE_LIST', { rules: ['R81', 'R84'] }),
  ],
  DESCRIBE_ATTRIBUTE: [
    ...['R1', 'R2', 'R3'].map((rule) => refuse(rule)),
    refuse('R6', 'A25'),
    accept('DESCRIBE_ATTRIBUTE', { rules: ['R83', 'R85'] }),
  ],
};

/** Refusals of the operations that need a status which this state does not have. */
export const refusesInState = {
  connect: { CONNECT: wrongStatus('R34') },
  activate: { ACTIVATE: wrongStatus('R45') },
  deactivate: { DEACTIVATE: wrongStatus('R51') },
  delete: { DELETE: wrongStatus('R56') },
  /** R61 for the status; R71 because an interface that is changing is busy. */
  modify: { MODIFY_ATTRIBUTE: wrongStatus(['R61', 'R71']), MODIFY_SPEC: wrongStatus('R77') },
};
export const refusesAll = {
  ...refusesInState.connect,
  ...refusesInState.activate,
  ...refusesInState.deactivate,
  ...refusesInState.delete,
  ...refusesInState.modify,
};
