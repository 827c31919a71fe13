import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

describe('a project', () => {
  it('takes a new name or description and keeps what is left out', async () => {
    const { token, projectId: id } = await studio.user();
    const change = async (body: Record<string, unknown>) =>
      (await studio.client.ok('updateProject', { token, id, body })).body;
    expect(await change({ name: ' Tavern ' })).toMatchObject({ name: 'Tavern', description: '' });
    expect(await change({ description: 'Everybody\nat the bar' })).toMatchObject({ name: 'Tavern' });
    const { body } = await studio.client.ok('readProject', { token, id });
    expect(body).toMatchObject({ name: 'Tavern', description: 'Everybody\nat the bar' });
    expect(body.updatedAt > body.createdAt).toBe(true);
    expect(await change({ description: '' })).toMatchObject({ description: '' });
    expect(await change({})).toMatchObject({ name: 'Tavern' });
  });

  it('keeps what its generations have in common; they fill it in when they are asked for, unless they say no', async () => {
    const { token, projectId: id } = await studio.user();
    const defaults = { style: 'noir', attributes: { hairColor: 'silver' }, persona: { background: 'Harbour police.' } };
    expect((await studio.client.ok('updateProject', { token, id, body: { defaults } })).body.defaults).toEqual(
      defaults,
    );
    const words = { sourceType: 'text_to_image', prompt: 'a detective', attributes: { gender: 'woman' } } as const;
    const make = async (body: Record<string, unknown>) =>
      (await studio.client.ok('createGeneration', { token, id, body })).body;
    const made = await make(words);
    expect(made.request).toMatchObject({
      style: 'noir',
      attributes: { hairColor: 'silver', gender: 'woman' },
      persona: { background: 'Harbour police.' },
    });
    const preview = await studio.client.ok('previewPrompt', { token, body: words, query: { projectId: id } });
    expect(preview.body.parts.map(({ from }) => from)).toContain('style');
    const { request } = await make({ ...words, projectDefaults: false });
    expect(request).toMatchObject({ attributes: { gender: 'woman' }, persona: {} });
    expect(request).not.toHaveProperty('style');
    const batch = { items: [words, { ...words, style: 'anime' }] };
    const { body } = await studio.client.ok('createBatch', { token, id, body: batch });
    expect(body.generations.map((one) => one.request.style)).toEqual(['noir', 'anime']);
    expect((await studio.client.ok('updateProject', { token, id, body: { name: 'Precinct' } })).body).toMatchObject({
      defaults,
    });
    expect((await studio.client.ok('updateProject', { token, id, body: { defaults: {} } })).body.defaults).toEqual({});
  });

  it.each([
    [{ defaults: { style: 'crayon' } }],
    [{ defaults: { persona: { name: 'Everybody' } } }],
    [{ defaults: { attributes: { style: 'noir' } } }],
    [{ defaults: null }],
    [{ name: '' }],
    [{ name: null }],
    [{ name: 'x'.repeat(101) }],
    [{ description: 'x'.repeat(501) }],
    [{ id: 1 }],
  ])('is not changed by %j', async (body) => {
    const { token, projectId: id } = await studio.user();
    expect((await studio.client.problem('updateProject', { token, id, body })).status).toBe(400);
    expect((await studio.client.ok('readProject', { token, id })).body.name).toBe('Faces');
  });

  it("of somebody else's answers a change as a missing one does", async () => {
    const { projectId } = await studio.user();
    const { token } = await studio.user();
    const ask = async (id: string) => {
      const { status, body } = await studio.client.problem('updateProject', { token, id, body: { name: 'Mine' } });
      return { status, code: body.code, detail: body.detail };
    };
    expect(await ask(projectId)).toEqual(await ask(randomUUID()));
  });

  it('that was renamed is still the one its key made', async () => {
    const { token } = await studio.user();
    const create = () =>
      studio.client.ok('createProject', { token, body: { name: 'First' }, headers: { 'Idempotency-Key': 'k' } });
    const { id } = (await create()).body;
    await studio.client.ok('updateProject', { token, id, body: { name: 'Second' } });
    expect((await create()).body).toMatchObject({ id, name: 'Second' });
  });

  it('is changed whole or not at all while it is deleted', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { token, projectId: id } = await studio.user();
      const change = (name: string) =>
        studio.client.raw('updateProject', { token, id, body: { name, description: name } });
      const remove = () => studio.client.raw('deleteProject', { token, id });
      const answers = await Promise.all([change('a'), change('b'), remove(), change('c'), remove()]);
      expect(answers.map(({ status }) => status).filter((status) => ![200, 204, 404].includes(status))).toEqual([]);
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      for (const answer of answers.filter(({ status }) => status === 200)) {
        const { name, description } = (await answer.json()) as { name: string; description: string };
        expect(name).toBe(description);
      }
      expect((await studio.client.problem('readProject', { token, id })).status).toBe(404);
    }
  });
});
