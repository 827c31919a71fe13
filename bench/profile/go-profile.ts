import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { add } from './function-cost.ts';

const NS_A_MS = 1e6;

/**
 * @param compressed what Go's `/debug/pprof/profile` answers: https://github.com/google/pprof/blob/main/proto/profile.proto
 * @returns ms by function in which it was itself running
 */
export function selfTimesOfGo(compressed: Uint8Array): Map<string, number> {
  const profile = Profile.decode(gunzipSync(compressed));
  const text = (index: number | bigint) => profile.stringTable.strings[Number(index)] ?? '';
  const functions = new Map(profile.function.map(({ id, name }) => [Number(id), text(name)]));
  // Of functions that are inlined into others, the innermost is first.
  const locations = new Map(
    profile.location.map(({ id, ['line']: [innermost] }) => [Number(id), functions.get(Number(innermost?.functionId))]),
  );
  const nanoseconds = profile.sampleType.findIndex(({ unit }) => text(unit) === 'nanoseconds');
  const spent = new Map<string, number>();
  for (const { locationId, value } of profile.sample) {
    const name = locations.get(Number(locationId[0])) ?? '(unknown)';
    add(spent, name, Number(value[nanoseconds] ?? 0) / NS_A_MS);
  }
  return spent;
}
