import { describe, expect, it } from 'vitest';
import { findViolation, type Operation, type Specification } from './find-violation.ts';

/** A register that is written, read, and compared and set. */
type Input = { readonly register: string; readonly write?: number; readonly from?: number };

const registers: Specification<number, Input> = {
  partitionOf: ({ register }) => register,
  initial: () => 0,
  step(state, { write, from }) {
    if (write === undefined) return [{ state, output: String(state) }];
    if (from !== undefined && from !== state) return [{ state, output: 'refused' }];
    return [{ state: write, output: 'written' }];
  },
  keyOf: String,
};

const at = (calledAt: number, returnedAt: number) => ({ calledAt, returnedAt });
type Interval = ReturnType<typeof at>;
const read = (interval: Interval, output: number, register = 'a'): Operation<Input> => ({
  input: { register },
  output: String(output),
  ...interval,
});
const write = (interval: Interval, value: number): Operation<Input> => ({
  input: { register: 'a', write: value },
  output: 'written',
  ...interval,
});
const swap = (interval: Interval, from: number, value: number, output: string): Operation<Input> => ({
  input: { register: 'a', from, write: value },
  output,
  ...interval,
});
const crashedWrite = (interval: Interval, value: number): Operation<Input> => ({
  input: { register: 'a', write: value },
  output: undefined,
  ...interval,
});

describe('a linearizable history', () => {
  it.each<[string, readonly Operation<Input>[]]>([
    ['is empty', []],
    ['is sequential', [write(at(0, 1), 1), read(at(2, 3), 1), write(at(4, 5), 2), read(at(6, 7), 2)]],
    ['reads either value during a write', [write(at(0, 9), 1), read(at(1, 2), 0), read(at(3, 4), 1)]],
    [
      'has an effect before an operation that was called earlier',
      [write(at(0, 9), 1), write(at(1, 8), 2), read(at(10, 11), 1)],
    ],
    ['lets one of two concurrent swaps win', [swap(at(0, 9), 0, 1, 'written'), swap(at(1, 8), 0, 2, 'refused')]],
    ['applies the operation of a crashed caller', [crashedWrite(at(0, 1), 1), read(at(2, 3), 1)]],
    ['or does not apply it', [crashedWrite(at(0, 1), 1), read(at(2, 3), 0)]],
    ['touches a moment', [write(at(0, 1), 1), read(at(1, 2), 0)]],
  ])('%s', (_what, history) => {
    expect(findViolation(registers, history)).toBeUndefined();
  });

  it('is found among sixty concurrent operations', () => {
    const writes = Array.from({ length: 20 }, (_, index) => write(at(index, 100 + index), index));
    const reads = Array.from({ length: 40 }, (_, index) => read(at(10 + index / 100, 90), index % 20));
    expect(findViolation(registers, [...writes, ...reads])).toBeUndefined();
  });
});

describe('a history that is not linearizable', () => {
  it.each<[string, readonly Operation<Input>[]]>([
    ['reads a value that nobody wrote', [read(at(0, 1), 7)]],
    ['reads the old value after the write returned', [write(at(0, 1), 1), read(at(2, 3), 0)]],
    ['reads the new value, then the old one', [write(at(0, 9), 1), read(at(1, 2), 1), read(at(3, 4), 0)]],
    ['reads the new value before the write was called', [read(at(0, 1), 1), write(at(2, 3), 1)]],
    ['loses a write', [write(at(0, 1), 1), write(at(2, 3), 2), read(at(4, 5), 1)]],
    ['lets two swaps win', [swap(at(0, 9), 0, 1, 'written'), swap(at(1, 8), 0, 2, 'written')]],
    ['refuses both of two swaps', [swap(at(0, 9), 0, 1, 'refused'), swap(at(1, 8), 0, 2, 'refused')]],
    [
      'applies the operation of a crashed caller after its end',
      [crashedWrite(at(0, 1), 1), read(at(2, 3), 0), read(at(4, 5), 1)],
    ],
    [
      'applies the operation of a crashed caller twice',
      [crashedWrite(at(0, 1), 1), read(at(2, 3), 1), write(at(4, 5), 2), read(at(6, 7), 1)],
    ],
    [
      'has readers that disagree about the sequence',
      [write(at(0, 9), 1), write(at(0, 9), 2), read(at(1, 2), 1), read(at(3, 4), 2), read(at(5, 6), 1)],
    ],
  ])('%s', (_what, history) => {
    expect(findViolation(registers, history)).toMatchObject({ partition: 'a', operations: { length: history.length } });
  });

  it('names the partition, and the longest sequence that can be explained', () => {
    const good = [read(at(0, 1), 0, 'b'), write(at(0, 1), 1), read(at(2, 3), 1)];
    const violation = findViolation(registers, [...good, read(at(4, 5), 3), read(at(6, 7), 0, 'b')]);
    expect(violation).toMatchObject({ partition: 'a', explained: good.slice(1) });
  });

  it('is found among thirty concurrent operations', () => {
    const swaps = Array.from({ length: 30 }, (_, index) => swap(at(index, 100), index, index + 1, 'written'));
    expect(findViolation(registers, [...swaps, read(at(101, 102), 30)])).toBeUndefined();
    expect(findViolation(registers, [...swaps, read(at(101, 102), 29)])).toBeDefined();
  });
});
