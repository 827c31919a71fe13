import { describe, expect, it } from 'vitest';
import { COUNTED_MAX } from '#domain/account/list-length.ts';
import { decodeCursor, encodeCursor, pageOf, totalOf } from './page.ts';

const at = (ms: number, id = '01a20782-a858-7257-a990-d8b70636dc8d') => ({ createdAt: new Date(ms), id });

describe('decodeCursor', () => {
  it('decodes an encoded cursor', () => {
    const cursor = at(1_795_420_800_123);
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  });

  it.each(['', 'x', '%%%', Buffer.from('[1]').toString('base64url'), Buffer.from('["a","b"]').toString('base64url')])(
    'rejects %j',
    (text) => {
      expect(decodeCursor(text)).toBeUndefined();
    },
  );
});

describe('pageOf', () => {
  it('returns no cursor if no row was read beyond the limit', () => {
    expect(pageOf([at(2), at(1)], 2, totalOf(2))).toEqual({
      items: [at(2), at(1)],
      next: null,
      total: 2,
      totalIsExact: true,
    });
    expect(pageOf([], 2, totalOf(0))).toMatchObject({ items: [], next: null, total: 0 });
  });

  it('returns the cursor of the last row if more rows were read', () => {
    expect(pageOf([at(3), at(2), at(1)], 2, totalOf(9))).toMatchObject({
      items: [at(3), at(2)],
      next: at(2),
      total: 9,
    });
  });

  it('is exact up to the number of rows that are counted', () => {
    expect(totalOf(COUNTED_MAX)).toEqual({ total: COUNTED_MAX, totalIsExact: true });
    expect(totalOf(COUNTED_MAX + 1)).toEqual({ total: COUNTED_MAX, totalIsExact: false });
  });
});
