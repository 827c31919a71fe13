import { describe, expect, it } from 'vitest';
import { findTooLong, wholeRun } from './check-durations.ts';

describe('the check of test durations', () => {
  it('adds the files up, as three workers share them', () => {
    expect(wholeRun({ 'a.test.ts': 40, 'b.test.ts': 80 })).toBe(40);
  });

  it.each([
    ['a file of over 90 seconds', { 'a.test.ts': 91 }, ['a.test.ts'], 'takes 91 s'],
    ['a whole run of over 23 minutes', { 'a.test.ts': 90 * 50 }, ['a.test.ts'], 'npm test takes 1500 s'],
    ['a file that is not measured', {}, ['a.test.ts'], 'is not measured'],
    ['an entry of a removed file', { 'a.test.ts': 1 }, [], 'measured but gone'],
  ])('finds %s', (_, durations, files, message) => {
    expect(findTooLong(durations, files).join()).toContain(message);
  });

  it('accepts files and a whole run within the limits', () => {
    expect(findTooLong({ 'a.test.ts': 90, 'b.test.tsx': 0.1 }, ['a.test.ts', 'b.test.tsx'])).toEqual([]);
  });
});
