import { getTableColumns, type PgTable } from '../orm.ts';

/** Maps a row of a raw statement, from `RETURNING *` or as JSON, by the table's columns, as Drizzle would. */
export function returnedRow<Table extends PgTable>(
  table: Table,
  row: Readonly<Record<string, unknown>>,
): Table['$inferSelect'] {
  const fields = Object.entries(getTableColumns(table)).map(([field, column]) => {
    const value = row[column.name];
    return [field, value === null ? null : column.mapFromDriverValue(value)] as const;
  });
  return Object.fromEntries(fields) as Table['$inferSelect'];
}
