import { describe, expect, it } from 'vitest';
import { release } from '#drizzle/ledger/release.ts';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image', prompt: 'a mapmaker' } as const;

describe('GET /generations', () => {
  it('lists the newest first, filtered by status, by unfinished and by project', async () => {
    const { token, projectId } = await studio.user();
    const other = await studio.client.ok('createProject', { token, body: { name: 'Other' } });
    const start = async (id: string) => (await studio.client.ok('createGeneration', { token, id, body: BODY })).body.id;
    const waiting = await start(projectId);
    const failed = await start(projectId);
    const generated = await start(other.body.id);
    await markProcessing(studio.fixture.database, generated, { stage: 'generating' });
    await release(studio.fixture.database, {
      generationId: failed,
      status: 'failed',
      failure: { code: 'deadline', message: 'late' },
    });
    const find = async (query: Record<string, string>) => {
      const { body } = await studio.client.ok('listGenerations', { token, query });
      expect(body.meta.total).toBe(body.data.length);
      return body.data.map(({ id }) => id);
    };
    expect(await find({})).toEqual([generated, failed, waiting]);
    expect(await find({ status: 'failed' })).toEqual([failed]);
    expect(await find({ unfinished: 'true' })).toEqual([generated, waiting]);
    expect(await find({ unfinished: 'false' })).toEqual([failed]);
    expect(await find({ unfinished: 'true', status: 'pending' })).toEqual([waiting]);
    expect(await find({ unfinished: 'true', status: 'failed' })).toEqual([]);
    expect(await find({ projectId: other.body.id })).toEqual([generated]);
  });

  it.each([
    ['status', 'done'],
    ['projectId', 'x'],
    ['unfinished', 'perhaps'],
  ])('refuses the filter %s=%s', async (key, value) => {
    const { token } = await studio.user();
    const { body } = await studio.client.problem('listGenerations', { token, query: { [key]: value } });
    expect(body.errors?.[0]?.path).toBe(key);
  });
});
