import { expect, it } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import { afterBulk } from './use-change-avatars.ts';

it('an avatar is known to be in the trash, in another project, or deleted after a bulk change of it', () => {
  const avatar = anAvatar();
  const ids = [avatar.id];
  const now = new Date('2026-11-23T09:00:00.000Z');
  expect(afterBulk(avatar, { action: 'trash', ids }, now)).toEqual({ ...avatar, trashedAt: now.toISOString() });
  expect(afterBulk(avatar, { action: 'restore', ids }, now)).toEqual({ ...avatar, trashedAt: null });
  expect(afterBulk(avatar, { action: 'move', ids, projectId: 'other' }, now)).toEqual({
    ...avatar,
    projectId: 'other',
  });
  expect(afterBulk(avatar, { action: 'delete', ids }, now)).toBeNull();
  expect(afterBulk(avatar, { action: 'delete', ids: ['another'] }, now)).toBe(avatar);
});
