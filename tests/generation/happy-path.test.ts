import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { modelOf } from '#domain/provider/provider.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { SCHNELL } from '../support/insert-request.ts';
import { until } from '../support/until.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio({ longestPollPauseMs: Infinity });
  await studio.startWorkers();
});
afterAll(() => studio.close());

describe('a successful generation', () => {
  it('charges ten credits once and leaves only the image and its thumbnail', async () => {
    const user = await studio.user({ credits: 100 });
    const deliver = vi.spyOn(studio.decoder, 'deliver');
    const encode = vi.spyOn(studio.decoder, 'encode');
    const { id, outcome } = await studio.generate(user, { plan: [SCHNELL], seed: 42 });
    expect(outcome).toMatchObject({ kind: 'admitted' });
    const row = await studio.ended(id);
    expect(row).toMatchObject({ status: 'completed', provider: 'replicate', model: SCHNELL.model });
    expect(await studio.credits(user)).toEqual({ posted: 90, held: 0 });
    expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
    expect(studio.replicate.ledger()).toHaveLength(1);
    const calls = studio.replicate.calls();
    expect(calls['GET /v1/predictions/:id']).toBe(1); // the first poll comes when the image can be ready
    expect(await studio.violations()).toEqual([]);
    // A provider's bytes are decoded once, in a process that can be killed.
    expect(deliver).toHaveBeenCalledOnce();
    expect(encode).not.toHaveBeenCalled();

    const [image, thumbnail] = await until(async () => {
      const names = await studio.objects(); // the staged image is removed right after the delivery
      return names.length === 2 ? names : undefined;
    });
    expect(await sharp(await studio.store.read(image!)).metadata()).toMatchObject({ format: 'webp' });
    expect(await sharp(await studio.store.read(thumbnail!)).metadata()).toMatchObject({ format: 'webp' });
  });

  it('measures every stage once and counts its outcome', async () => {
    const stages = ['admit', 'queued', 'generateImage', 'saveImage', 'recordAvatar'];
    const measured = () =>
      Promise.all(stages.map((stage) => studio.metric('avatar_stage_duration_seconds_count', { stage })));
    const completed = () => studio.metric('avatar_generations_total', { outcome: 'completed' });
    const before = { stages: await measured(), completed: await completed() };
    const { id } = await studio.generate(await studio.user(), { plan: [SCHNELL] });
    await studio.ended(id);
    await until(async () => (await completed()) === before.completed + 1);
    await until(async () => (await measured()).every((count, index) => count === before.stages[index]! + 1));
    expect(await measured()).toEqual(before.stages.map((count) => count + 1));
    const model = { provider: 'replicate', model: SCHNELL.model };
    const delivered = await studio.metric('avatar_provider_latency_seconds_count', model);
    expect(delivered).toBeGreaterThan(0);
    const cost = await studio.metric('avatar_provider_cost_usd_total', model);
    expect(cost).toBeCloseTo(delivered * modelOf('replicate', SCHNELL.model)!.costUsd);
  });

  it('delivers an image of 1024 pixels without a configured provider', async () => {
    const user = await studio.user();
    const encode = vi.spyOn(studio.decoder, 'encode').mockClear();
    const { id } = await studio.generate(user, { options: {} });
    expect((await studio.ended(id)).status).toBe('completed');
    // Our own drawing needs no other process.
    expect(encode).not.toHaveBeenCalled();
    const { items } = await listAvatars(studio.database, user.accountId, {}, { limit: 10 });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ widthPx: 1024, heightPx: 1024, generationId: id });
  });
});
