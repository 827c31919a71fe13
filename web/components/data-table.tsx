import { Fragment, type Key, type ReactNode } from 'react';
import { cx } from './class-names.ts';

interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Right-aligned, with tabular figures. */
  readonly number?: boolean;
  /** Hidden on small screens. */
  readonly wide?: boolean;
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => Key;
  /** What is shown below a row, across all columns; null: nothing. */
  readonly detail?: (row: Row) => ReactNode;
}

/** A dense table with a sticky header. */
export function DataTable<Row>({ caption, columns, rows, rowKey, detail }: DataTableProps<Row>) {
  const at = ({ number, wide }: Column<Row>) => cx(number && 'num text-right', wide && 'max-sm:hidden');
  return (
    <table className="w-full border-collapse text-13">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.title}
              scope="col"
              className={cx(
                'sticky top-14 z-1 border-b border-line bg-paper px-2 py-2 text-left text-12 font-regular text-ink-3 first:pl-0 last:pr-0',
                at(column),
              )}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="[&_:is(a,button)]:scroll-mt-9">
        {rows.map((row) => {
          const below = detail?.(row);
          return (
            <Fragment key={rowKey(row)}>
              <tr className={cx(!below && 'border-b border-line')}>
                {columns.map((column) => (
                  <td key={column.title} className={cx('px-2 py-2 align-top first:pl-0 last:pr-0', at(column))}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
              {below && (
                <tr className="border-b border-line">
                  <td colSpan={columns.length} className="pb-2">
                    {below}
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
