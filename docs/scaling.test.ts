import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
const RATES = [40, 400, 4_000];
/** How long a generation takes a slot, as docs/scaling.md says. */
const GENERATION_SECONDS = 10;
const SLOTS = 16;

interface Performance {
  readonly roads: {
    readonly http: {
      readonly each: { readonly cpuSeconds: Readonly<Record<string, number>>; readonly walBytes: number };
    };
  };
}

test('the table of needs follows from the last measurement', () => {
  const { cpuSeconds, walBytes } = (JSON.parse(read('performance.json')) as Performance).roads.http.each;
  const needs: Readonly<Record<string, (perSecond: number) => number>> = {
    'API, cores': (rate) => rate * cpuSeconds['api']!,
    'workers, cores': (rate) => rate * cpuSeconds['worker']!,
    'Temporal server, cores': (rate) => rate * cpuSeconds['temporal']!,
    'Postgres, cores': (rate) => rate * cpuSeconds['postgres']!,
    'WAL, MB a second': (rate) => (rate * walBytes) / 1e6,
    'slots for generations': (rate) => rate * GENERATION_SECONDS,
    'workers of 16 slots': (rate) => Math.ceil((rate * GENERATION_SECONDS) / SLOTS),
  };
  const rows = Object.entries(needs).map(([name, need]) => [name, ...RATES.map((rate) => format(need(rate / 60)))]);
  const text = read('scaling.md').replaceAll(/ +/g, ' ');
  expect(rows.map((row) => `| ${row.join(' | ')} |`).filter((row) => !text.includes(row))).toEqual([]);
});

function format(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
}
