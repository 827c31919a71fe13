import { describe, expect, it } from 'vitest';
import { createPageStorage } from './storage.ts';

/** A browser's storage that can be full or blocked. */
function fakeStorage() {
  const state = { full: false, blocked: false };
  const values: Record<string, string> = {};
  const storage = Object.create(
    {
      getItem: (key: string) => values[key] ?? null,
      setItem(key: string, value: string) {
        if (state.full) throw new DOMException('full', 'QuotaExceededError');
        values[key] = value;
      },
      removeItem: (key: string) => void delete values[key],
    },
    {},
  ) as Storage;
  const keyed = new Proxy(storage, {
    ownKeys: () => Object.keys(values),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
  const open = () => {
    if (state.blocked) throw new DOMException('blocked', 'SecurityError');
    return keyed;
  };
  return { state, values, page: createPageStorage(open), reloaded: () => createPageStorage(open) };
}

describe('the storage of a page', () => {
  it('outlasts the page where the browser allows it', () => {
    const { page, reloaded } = fakeStorage();
    page.setItem('theme', 'dark');
    expect(reloaded().getItem('theme')).toBe('dark');
    expect(page.isLasting()).toBe(true);
    expect(page.keys()).toEqual(['theme']);
  });

  it.each(['full', 'blocked'] as const)('lasts until the page is closed where it is %s', (how) => {
    const { state, page, reloaded } = fakeStorage();
    page.setItem('session', 'of before');
    state[how] = true;
    expect(page.isLasting()).toBe(false);
    page.setItem('session', 'new');
    page.setItem('theme', 'dark');
    expect([page.getItem('session'), page.getItem('theme')]).toEqual(['new', 'dark']);
    page.removeItem('theme');
    expect(page.getItem('theme')).toBeNull();
    expect(page.keys()).toEqual(['session']);
    state[how] = false;
    // No value rather than an old one, where the browser lets it be removed.
    expect(reloaded().getItem('session')).toBe(how === 'full' ? null : 'of before');
  });

  it('stores again once there is room', () => {
    const { state, page, values } = fakeStorage();
    state.full = true;
    page.setItem('theme', 'dark');
    state.full = false;
    page.setItem('theme', 'light');
    expect([page.getItem('theme'), values['theme']]).toEqual(['light', 'light']);
  });
});
