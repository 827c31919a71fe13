import { gzipSync } from 'node:zlib';
import { Function, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import { expect, it } from 'vitest';
import { dearestOf } from './function-cost.ts';
import { selfTimesOfGo } from './go-profile.ts';

/** The format's name for functions that were inlined into each other. */
const FRAMES = 'line';

/** As Go writes it: counts and nanoseconds, and the innermost of inlined functions first. */
function encodeProfile(): Uint8Array {
  const stringTable = new StringTable();
  const text = (value: string) => stringTable.dedup(value);
  const named = (id: number, name: string) => new Function({ id, name: text(name) });
  return new Profile({
    stringTable,
    sampleType: [
      new ValueType({ type: text('samples'), unit: text('count') }),
      new ValueType({ type: text('cpu'), unit: text('nanoseconds') }),
    ],
    function: [named(1, 'runtime.scan'), named(2, 'sql.Exec'), named(3, 'main')],
    location: [
      new Location({ id: 1, [FRAMES]: [{ functionId: 1 }, { functionId: 2 }] }),
      new Location({ id: 2, [FRAMES]: [{ functionId: 3 }] }),
    ],
    sample: [
      new Sample({ locationId: [1, 2], value: [3, 30_000_000] }),
      new Sample({ locationId: [2], value: [1, 10_000_000] }),
    ],
  }).encode();
}

it('self times of a Go profile are those of the innermost function', () => {
  const spent = selfTimesOfGo(gzipSync(encodeProfile()));
  expect(dearestOf('Temporal server', spent, 10)).toEqual({
    process: 'Temporal server',
    ms: 4,
    functions: [
      { name: 'runtime.scan', ms: 3 },
      { name: 'main', ms: 1 },
    ],
  });
});
