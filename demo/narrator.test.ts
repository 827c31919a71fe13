import { describe, expect, it } from 'vitest';
import { createNarrator, listed, wrap } from './narrator.ts';

function openNarrator() {
  let text = '';
  const narrator = createNarrator({ write: (more) => (text += more) });
  return { narrator, text: () => text };
}

describe('the narrator', () => {
  it('breaks rows between words and never loses one', () => {
    const text = 'a workflow  continues where\nit stopped';
    const rows = wrap(text, 12);
    expect(rows).toEqual(['a workflow', 'continues', 'where it', 'stopped']);
    expect(wrap('averylongaddress is long', 5)).toEqual(['averylongaddress', 'is', 'long']);
    expect(wrap('', 5)).toEqual([]);
  });

  it.each([
    [[], 'nothing'],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('lists %j as "%s"', (items, text) => expect(listed(items)).toBe(text));

  it('keeps every row within 100 columns, with later rows below the first', () => {
    const { narrator, text } = openNarrator();
    narrator.say('word '.repeat(60));
    const rows = text().trimEnd().split('\n');
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(100);
    expect(rows.slice(1).every((row) => row.startsWith('    word'))).toBe(true);
  });

  it('shows links whole, one in a row', () => {
    const { narrator, text } = openNarrator();
    const url = `http://127.0.0.1:3000/${'x'.repeat(120)}`;
    narrator.links({ Page: url, 'Temporal UI': 'http://127.0.0.1:8233' });
    expect(text()).toBe(`    Page         ${url}\n    Temporal UI  http://127.0.0.1:8233\n`);
  });

  it('says KEPT only for equal values, and remembers what was broken', () => {
    const { narrator, text } = openNarrator();
    narrator.check('bought once', ['reserve', 'capture'], ['reserve', 'capture']);
    expect(narrator.broken()).toEqual([]);
    expect(text()).toContain('KEPT    bought once');
    narrator.check('bought once', 2, 1);
    expect(narrator.broken()).toEqual(['bought once']);
    expect(text()).toContain('BROKEN  bought once (observed 2, expected 1)');
  });
});
