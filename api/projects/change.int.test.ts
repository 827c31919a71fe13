import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

describe('PATCH /projects/:id', () => {
  it('changes name and description, and leaves omitted fields unchanged', async () => {
    const { token, projectId: id } = await studio.user();
    const change = async (body: Record<string, unknown>) =>
      (await studio.client.ok('updateProject', { token, id, body })).body;
    expect(await change({ name: ' Tavern ' })).toMatchObject({ name: 'Tavern', description: '' });
    expect(await change({ description: 'Guests\nat the bar' })).toMatchObject({ name: 'Tavern' });
    const { body } = await studio.client.ok('readProject', { token, id });
    expect(body).toMatchObject({ name: 'Tavern', description: 'Guests\nat the bar' });
    expect(body.updatedAt > body.createdAt).toBe(true);
    expect(await change({ description: '' })).toMatchObject({ description: '' });
    expect(await change({})).toMatchObject({ name: 'Tavern' });
  });

  it('stores project defaults, which generations and batches apply unless they opt out', async () => {
    const { token, projectId: id } = await studio.user();
    const defaults = { style: 'noir', attributes: { hairColor: 'silver' }, persona: { background: 'Harbor police.' } };
    expect((await studio.client.ok('updateProject', { token, id, body: { defaults } })).body.defaults).toEqual(
      defaults,
    );
    const promptBody = { sourceType: 'text_to_image', prompt: 'a detective', attributes: { gender: 'woman' } } as const;
    const generate = async (body: Record<string, unknown>) =>
      (await studio.client.ok('createGeneration', { token, id, body })).body;
    const generation = await generate(promptBody);
    expect(generation.request).toMatchObject({
      style: 'noir',
      attributes: { hairColor: 'silver', gender: 'woman' },
      persona: { background: 'Harbor police.' },
    });
    const preview = await studio.client.ok('previewPrompt', { token, body: promptBody, query: { projectId: id } });
    expect(preview.body.parts.map(({ from }) => from)).toContain('style');
    const { request } = await generate({ ...promptBody, projectDefaults: false });
    expect(request).toMatchObject({ attributes: { gender: 'woman' }, persona: {} });
    expect(request).not.toHaveProperty('style');
    const batch = { items: [promptBody, { ...promptBody, style: 'anime' }] };
    const { body } = await studio.client.ok('createBatch', { token, id, body: batch });
    expect(body.generations.map((member) => member.request.style)).toEqual(['noir', 'anime']);
    expect((await studio.client.ok('updateProject', { token, id, body: { name: 'Precinct' } })).body).toMatchObject({
      defaults,
    });
    expect((await studio.client.ok('updateProject', { token, id, body: { defaults: {} } })).body.defaults).toEqual({});
  });

  it.each([
    [{ defaults: { style: 'crayon' } }],
    [{ defaults: { persona: { name: 'Guest' } } }],
    [{ defaults: { attributes: { style: 'noir' } } }],
    [{ defaults: null }],
    [{ name: '' }],
    [{ name: null }],
    [{ name: 'x'.repeat(101) }],
    [{ description: 'x'.repeat(501) }],
    [{ id: 1 }],
  ])('refuses %j', async (body) => {
    const { token, projectId: id } = await studio.user();
    expect((await studio.client.problem('updateProject', { token, id, body })).status).toBe(400);
    expect((await studio.client.ok('readProject', { token, id })).body.name).toBe('Faces');
  });

  it("answers for another user's project as for a missing one", async () => {
    const { projectId } = await studio.user();
    const { token } = await studio.user();
    const refused = async (id: string) => {
      const { status, body } = await studio.client.problem('updateProject', {
        token,
        id,
        body: { name: 'Taken over' },
      });
      return { status, code: body.code, detail: body.detail };
    };
    expect(await refused(projectId)).toEqual(await refused(randomUUID()));
  });

  it('does not change which project an idempotency key returns', async () => {
    const { token } = await studio.user();
    const create = () =>
      studio.client.ok('createProject', { token, body: { name: 'First' }, headers: { 'Idempotency-Key': 'k' } });
    const { id } = (await create()).body;
    await studio.client.ok('updateProject', { token, id, body: { name: 'Second' } });
    expect((await create()).body).toMatchObject({ id, name: 'Second' });
  });

  it('changes all fields or none while the project is deleted', async () => {
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
