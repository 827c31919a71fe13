import { createRequire } from 'node:module';

export type { SQL } from 'drizzle-orm';
export type { NodePgDatabase } from 'drizzle-orm/node-postgres';
export type { AnyPgColumn, CheckBuilder, ExtraConfigColumn, PgColumn, PgTable } from 'drizzle-orm/pg-core';

/**
 * Everything that schema and statements use of drizzle-orm, as CommonJS. Its package.json names 700 entry points in 180 KB, and Node parses
 * them again for every import of the package and between its ES modules: 500 times, which was half of the CPU that a start took.
 */
const load = createRequire(import.meta.url);

export const {
  and,
  asc,
  desc,
  DrizzleQueryError,
  eq,
  getTableColumns,
  getTableName,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  notInArray,
  or,
  sql,
} = load('drizzle-orm') as typeof import('drizzle-orm');

export const {
  bigint,
  bit,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} = load('drizzle-orm/pg-core') as typeof import('drizzle-orm/pg-core');

export const { drizzle } = load('drizzle-orm/node-postgres') as typeof import('drizzle-orm/node-postgres');
