import { expect, it } from 'vitest';
import { isolated } from './isolated.ts';

it('isolates what is written from right to left, and nothing else', () => {
  for (const name of ['שרה (Sarah) 42', '100% مرحبا!', '\u200Fabc']) expect(isolated(name)).toBe(`\u2068${name}\u2069`);
  for (const name of ['Ysolde', '山田太郎', '👨‍👩‍👧', '42']) expect(isolated(name)).toBe(name);
});
