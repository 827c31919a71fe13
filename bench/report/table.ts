import type { Spread } from './statistics.ts';

export type Cells = readonly string[];

/** As the formatter of the project aligns it. */
export function table(head: Cells, rows: readonly Cells[]): string {
  if (rows.length === 0) return 'Not measured in this run.';
  const all = [head, ...rows];
  const widths = head.map((_cell, column) => Math.max(3, ...all.map((cells) => cells[column]?.length ?? 0)));
  const write = (cells: Cells) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [write(head), write(widths.map((width) => '-'.repeat(width))), ...rows.map(write)].join('\n');
}

/** Three significant digits; whole numbers from 100. */
export function number(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return value.toFixed(0);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return String(Number(value.toFixed(Math.min(4, digits))));
}

export function milliseconds(seconds: number): string {
  return number(seconds * 1_000);
}

export function spread(times: Spread | undefined): string {
  return times === undefined ? '' : `${number(times.p50)} / ${number(times.p99)}`;
}
