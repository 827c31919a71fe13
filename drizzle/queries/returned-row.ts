import { getTableColumns, type PgColumn, type PgTable } from '../orm.ts';

/** A table's columns by field: a list asks for them again for each of its rows. */
const known = new WeakMap<PgTable, [string, PgColumn][]>();

function columnsOf(table: PgTable): [string, PgColumn][] {
  const columns = known.get(table) ?? Object.entries(getTableColumns(table));
  known.set(table, columns);
  return columns;
}

/** Maps a row of a raw statement, from `RETURNING *` or as JSON, by the table's columns, as Drizzle would. */
export function returnedRow<Table extends PgTable>(
  table: Table,
  row: Readonly<Record<string, unknown>>,
): Table['$inferSelect'] {
  const mapped: Record<string, unknown> = {};
  for (const [field, column] of columnsOf(table)) {
    const value = row[column.name];
    mapped[field] = value === null ? null : column.mapFromDriverValue(value);
  }
  return mapped as Table['$inferSelect'];
}
