import { describe, expect, it } from 'vitest';
import { readNodeProfile, selfTimes } from './node-profile.ts';

const frame = (id: number, functionName: string, url = '', lineNumber = -1) => ({
  id,
  callFrame: { functionName, url, lineNumber },
});
const PROFILE = {
  nodes: [
    frame(1, '(root)'),
    frame(2, '(idle)'),
    frame(3, '(garbage collector)'),
    frame(4, 'decode', 'file:///home/user/studio/activities/image/decode.ts', 9),
    frame(5, '', 'file:///home/user/studio/node_modules/@scope/package/lib/index.js', 41),
    frame(6, 'parse', 'node:url', 3),
  ],
  startTime: 1_000_000,
  samples: [4, 4, 2, 5, 3, 6, 4],
  timeDeltas: [500, 1_500, 8_000, 2_000, 1_000, 3_000, 4_000],
};

describe('the self times of a profile', () => {
  it('are those of a span, without idling, and name file or package', () => {
    // The first sample ends before the span, the last one after it.
    const spent = selfTimes(readNodeProfile(JSON.stringify(PROFILE)), { from: 1_001_000, to: 1_019_000 });
    expect(Object.fromEntries(spent)).toEqual({
      'decode · activities/image/decode.ts': 1.5,
      'line 42 · @scope/package/lib/index.js': 2,
      '(garbage collector)': 1,
      'parse · node:url': 3,
    });
  });

  it('need a profile', () => {
    expect(() => readNodeProfile('{"nodes":[]}')).toThrow('startTime');
  });
});
