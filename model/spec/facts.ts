import { editions } from './editions.ts';
import { enums } from './enums.ts';
import { operations } from './operations.ts';
import { parseList } from './parse.ts';
import { rules } from './rules.ts';
import { editionSchema } from './schema.ts';

export const facts = {
  editions: parseList('editions', editionSchema, editions),
  operations,
  rules,
  enums,
} as const;
