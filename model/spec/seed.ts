import { parseList } from './parse.ts';
import type { SeedStatement } from './schema.ts';
import { seedStatementSchema } from './schema.ts';

/** The document the project started from, statement by statement, and the rules that stand for each. */
export const seedDocument = {
  title: 'ConnectRouterInterface',
  edition: 'E2018b',
  operation: 'ConnectRouterInterface',
} as const;

export const seedStatements: readonly SeedStatement[] = parseList('seed', seedStatementSchema, [
  {
    statement: 'Connecting joins the initiating interface to the accepting one.',
    rules: ['R33', 'R36', 'R43'],
  },
  {
    statement: 'The call makes the interface Connecting; once the connection stands it is Active.',
    rules: ['R43'],
    quote: 'Connecting',
  },
  { statement: 'Only the initiating side connects.', rules: ['R33'] },
  { statement: 'Only from the status Idle.', rules: ['R34'], quote: 'Idle' },
  { statement: 'Two routers have at most one pair of connected interfaces.', rules: ['R38', 'R39'] },
  { statement: 'An overdue interface of the account blocks connecting.', rules: ['R41'] },
  {
    statement: 'RegionId is required and is the region of the interface.',
    rules: ['R1', 'R6'],
    quote: 'RegionId',
  },
  {
    statement: 'RouterInterfaceId is required and is the id of the initiator.',
    rules: ['R2', 'R33'],
    quote: 'RouterInterfaceId',
  },
  { statement: 'Valid regions are those that DescribeRegions lists.', rules: ['R3'] },
  {
    statement: 'The answer is JSON with the RequestId of the request.',
    rules: ['R8', 'P3'],
    quote: 'RequestId',
  },
  {
    statement: 'An unknown interface is not found.',
    rules: ['R4'],
    row: {
      http: 404,
      code: 'InvalidRouterInterfaceId.NotFound',
      message: 'The specified RouterInterfaceId does not exist in our record.',
    },
  },
  {
    statement: 'The accepting side is refused.',
    rules: ['R33'],
    row: {
      http: 400,
      code: 'IncorrectRole.NotInitiatingSide',
      message: 'The specified RouterInterface is not InitiatingSide.',
    },
  },
  {
    statement: 'A second connection between the same routers is refused.',
    rules: ['R38'],
    row: {
      http: 400,
      code: 'Forbidden.OnlyOneConnection',
      message: 'The Specified routers have a connection already',
    },
  },
  {
    statement: 'A second connection is refused while the first is being made.',
    rules: ['R39'],
    row: {
      http: 400,
      code: 'Forbidden.OnlyOneConnection',
      message: 'Cannot connect concurrently between same routers',
    },
  },
  {
    statement: 'An account with unpaid bills is refused.',
    rules: ['R41'],
    row: {
      http: 400,
      code: 'Forbidden.BillsOutstanding',
      message: 'You cannot use this action because you have bills outstanding.',
    },
  },
]);
