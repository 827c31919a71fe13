import { describe, expect, it } from 'vitest';
import { aGeneration, anAvatar } from '#contract/testing/samples.ts';
import { applyGeneration, applyQueue, applySnapshot, NOTHING_LIVE, withAvatars } from './live-generations.ts';

const credits = { available: 90, held: 10, posted: 100 };
const pending = aGeneration({ id: 'one', version: 2 });
const processing = aGeneration({ id: 'one', version: 3, status: 'processing' });
const completed = aGeneration({ id: 'one', version: 4, status: 'completed' });

describe('live generations', () => {
  it('apply newer versions and ignore older and equal ones', () => {
    const known = applyGeneration(NOTHING_LIVE, processing, 0);
    expect(applyGeneration(known, pending, 0)).toBe(known);
    expect(applyGeneration(known, { ...processing, name: 'Another' }, 0)).toBe(known);
    expect(applyGeneration(known, completed, 0).byId['one']).toBe(completed);
  });

  it('drop generations that a snapshot does not contain', () => {
    const known = applyGeneration(NOTHING_LIVE, aGeneration({ id: 'dropped' }), 0);
    const after = applySnapshot(known, { generations: [pending], credits }, 0);
    expect(Object.keys(after.byId)).toEqual(['one']);
  });

  it('keep a version that is newer than the snapshot’s', () => {
    const known = applyGeneration(NOTHING_LIVE, processing, 0);
    expect(applySnapshot(known, { generations: [pending], credits }, 0).byId['one']).toBe(processing);
  });

  it('record when a generation finished, by an event or by the snapshot after a reconnect', () => {
    const known = applyGeneration(NOTHING_LIVE, pending, 0);
    expect(applyGeneration(known, completed, 500).endedAtMs).toEqual({ one: 500 });
    const afterReconnect = applySnapshot(known, { generations: [completed], credits }, 700);
    expect(afterReconnect.endedAtMs).toEqual({ one: 700 });
    expect(applySnapshot(afterReconnect, { generations: [completed], credits }, 900).endedAtMs).toEqual({ one: 700 });
  });

  it('do not record an end for generations that were finished when first seen', () => {
    expect(applySnapshot(NOTHING_LIVE, { generations: [completed], credits }, 500).endedAtMs).toEqual({});
    expect(applyGeneration(NOTHING_LIVE, completed, 500).endedAtMs).toEqual({});
  });

  it('have the avatars that were changed, and none that was deleted', () => {
    const known = applyGeneration(NOTHING_LIVE, { ...completed, avatar: anAvatar() }, 0);
    const after = withAvatars(known, (avatar) => ({ ...avatar, name: 'Mira' }));
    expect(after.byId['one']?.avatar).toEqual(anAvatar({ name: 'Mira' }));
    expect(withAvatars(known, () => null).byId['one']).toEqual({ ...completed, avatar: null });
    const without = applyGeneration(NOTHING_LIVE, pending, 0);
    expect(withAvatars(without, () => anAvatar()).byId['one']).toBe(pending);
  });

  it('update queue positions of waiting generations only', () => {
    const known = applyGeneration(
      applyGeneration(NOTHING_LIVE, pending, 0),
      aGeneration({ id: 'two', status: 'processing' }),
      0,
    );
    const queue = { position: 1, etaSeconds: 5 };
    const after = applyQueue(known, {
      positions: ['one', 'two', 'unknown'].map((generationId) => ({ generationId, queue })),
    });
    expect(after.byId['one']?.queue).toEqual(queue);
    expect(after.byId['two']?.queue).toBeNull();
    expect(Object.keys(after.byId)).toEqual(['one', 'two']);
  });
});
