import { expect, it } from 'vitest';
import { newTraceparent } from './traceparent.ts';

it('a traceparent is one of W3C Trace Context, with a new trace each', () => {
  const headers = Array.from({ length: 100 }, newTraceparent);
  for (const header of headers) expect(header).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/u);
  expect(new Set(headers.map((header) => header.split('-')[1])).size).toBe(100);
});
