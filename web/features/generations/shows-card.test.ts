import { expect, it } from 'vitest';
import { showsCard } from './shows-card.ts';

it.each([
  ['/queue', true],
  ['/projects/p1', true],
  ['/projects/p1/new', true],
  ['/projects/p1/upload', true],
  ['/projects/p1/avatars/a1', false],
  ['/projects/p2', false],
  ['/projects', false],
  ['/usage', false],
])('on %s: %s', (path, shown) => {
  expect(showsCard(path, { projectId: 'p1' })).toBe(shown);
});

it('shows no card of a deleted project but in the queue', () => {
  expect(showsCard('/projects/p1', { projectId: null })).toBe(false);
  expect(showsCard('/queue', { projectId: null })).toBe(true);
});
