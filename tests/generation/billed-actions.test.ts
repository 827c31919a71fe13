import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billedActions } from '../support/temporal-actions.ts';
import { openOneUserStudio, type OneUserStudio } from './one-user-studio.ts';

/** On a busy machine, a step that is late costs actions of its own: of several avatars, the cheapest is free of them. */
const AVATARS_MAX = 3;

let opened: OneUserStudio;

beforeAll(async () => {
  opened = await openOneUserStudio();
});
afterAll(() => opened?.close());

/** Counts the actions of avatars until one costs no more than the limit. @returns those of the last */
async function actionsOfAvatar(limit: number, prepare = () => undefined as void): Promise<number> {
  for (let avatars = 1; ; avatars += 1) {
    prepare();
    const before = await actionsSoFar();
    await opened.generate();
    const actions = (await actionsSoFar()) - before;
    // A meter that sees nothing must not pass.
    expect(actions).toBeGreaterThan(0);
    if (actions <= limit || avatars === AVATARS_MAX) return actions;
  }
}

async function actionsSoFar(): Promise<number> {
  return [...(await billedActions(opened.namespace)).values()].reduce((total, count) => total + count, 0);
}

describe('a delivered avatar', () => {
  it('costs at most five billed Temporal actions', async () => {
    expect(await actionsOfAvatar(5)).toBeLessThanOrEqual(5);
  });

  it('costs at most six billed Temporal actions when the provider takes thirty seconds', async () => {
    const slow = () => opened.studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 30_000 });
    expect(await actionsOfAvatar(6, slow)).toBeLessThanOrEqual(6);
  });
});
