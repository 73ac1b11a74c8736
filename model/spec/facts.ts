/**
 * All facts, parsed once and checked against each other: the one reading of the documents that the model,
 * the commands and the reports share.
 */
import { ambiguities } from './ambiguities.ts';
import { crossCheck } from './check.ts';
import { editions } from './editions.ts';
import { enums } from './enums.ts';
import { limits } from './limits.ts';
import { notModelled } from './not-modelled.ts';
import { operations } from './operations.ts';
import { parseList } from './parse.ts';
import { rules } from './rules.ts';
import { editionSchema } from './schema.ts';
import { seedStatements } from './seed.ts';
import { transitions } from './transitions.ts';

export const facts = Object.freeze({
  editions: parseList('editions', editionSchema, editions),
  operations,
  rules,
  notModelled,
  ambiguities,
  transitions,
  enums,
  limits,
});

crossCheck({ ...facts, seed: seedStatements, statuses: enums.statuses.map((status) => status.name) });
