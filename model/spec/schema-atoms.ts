/** What the entries of the facts are made of. */
import * as z from 'zod';
import { sourceIds } from './editions.ts';
import { operationNames } from './names.ts';

export const sentence = z.string().min(3);
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected yyyy-mm');
export const ruleId = z.string().regex(/^[RP][1-9]\d*$/, 'expected R1, R2, … or P1, P2, …');
export const transitionId = z.string().regex(/^T[1-9]\d*$/, 'expected T1, T2, …');
export const ambiguityId = z.string().regex(/^A[1-9]\d*$/, 'expected A1, A2, …');
export const source = z.enum(sourceIds);
export const operation = z.enum(operationNames);
export const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case-words');
export const httpStatus = z.int().min(400).max(599).nullable();

export const certainty = z.enum(['documented', 'observed', 'inferred', 'contested']);
export const basis = z.enum(['documented', 'observed', 'inferred']);
/** What a test must be able to do to see the rule broken. */
export const needs = z.enum(['api', 'timing', 'control', 'second account', 'vbr', 'purchase']);
