import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, pageOf } from './page.ts';

const at = (ms: number, id = '01a20782-a858-7257-a990-d8b70636dc8d') => ({ createdAt: new Date(ms), id });

describe('a cursor', () => {
  it('comes back as it went out', () => {
    const cursor = at(1_795_420_800_123);
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  });

  it.each(['', 'x', '%%%', Buffer.from('[1]').toString('base64url'), Buffer.from('["a","b"]').toString('base64url')])(
    'is not %j',
    (text) => {
      expect(decodeCursor(text)).toBeUndefined();
    },
  );
});

describe('a page', () => {
  it('ends the list when nothing was read beyond it', () => {
    expect(pageOf([at(2), at(1)], 2, 2)).toEqual({ items: [at(2), at(1)], next: null, total: 2 });
    expect(pageOf([], 2, 0)).toEqual({ items: [], next: null, total: 0 });
  });

  it('goes on after its last row when more was read', () => {
    expect(pageOf([at(3), at(2), at(1)], 2, 9)).toEqual({ items: [at(3), at(2)], next: at(2), total: 9 });
  });
});
