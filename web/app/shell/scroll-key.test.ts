import { beforeEach, describe, expect, it } from 'vitest';
import { createPageStorage } from '#web/browser/storage.ts';
import { createScrollKey } from './scroll-key.ts';

const newStorage = () =>
  createPageStorage(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
let storage = newStorage();
let keyOf = createScrollKey(storage);
const visit = (key: string, pathname: string) => keyOf({ key, pathname });

beforeEach(() => {
  storage = newStorage();
  keyOf = createScrollKey(storage);
});

describe('createScrollKey', () => {
  it('gives each visit of a view its own key, and an entry the same one again after Back and Forward', () => {
    const first = visit('a', '/projects/1/avatars/2');
    const queue = visit('b', '/queue');
    const second = visit('c', '/projects/1/avatars/2');
    expect(new Set([first, queue, second]).size).toBe(3);
    expect(visit('b', '/queue')).toBe(queue);
    expect(visit('a', '/projects/1/avatars/2')).toBe(first);
    expect(visit('c', '/projects/1/avatars/2')).toBe(second);
    expect(visit('a', '/projects/1/avatars/2')).toBe(first); // two entries back at once
  });

  it('keeps the key of a visit while a dialog opens and closes or a filter changes', () => {
    const project = visit('a', '/projects/1');
    expect(visit('b', '/projects/1/new')).toBe(project);
    expect(visit('c', '/projects/1')).toBe(project);
    const presets = visit('d', '/presets');
    expect(visit('e', '/presets/7/use')).toBe(presets);
    expect(visit('c', '/projects/1')).toBe(project);
  });

  it('gives an entry the same key after a reload', () => {
    visit('a', '/projects');
    const project = visit('b', '/projects/1');
    visit('c', '/projects/1');
    keyOf = createScrollKey(storage);
    expect(visit('c', '/projects/1')).toBe(project);
    expect(visit('b', '/projects/1')).toBe(project);
  });

  it('tells two documents of a tab apart, whose first entries have the same key', () => {
    const projects = visit('default', '/projects');
    keyOf = createScrollKey(storage);
    expect(visit('default', '/trash')).not.toBe(projects);
  });
});
