import { describe, expect, it } from 'vitest';
import { useApi } from '../../tests/api/test-api.ts';
import { topup } from '../../drizzle/ledger/topup.ts';
import { readGeneration } from '../../drizzle/queries/generations.ts';

const studio = useApi();
const PROMPT = { sourceType: 'text_to_image', prompt: 'a baker with a red scarf' } as const;

describe('starting a generation', () => {
  it('answers 202 with a pending generation, holds its price, and shows it', async () => {
    const { token, projectId } = await studio.person();
    const { status, body, headers } = await studio.client.ok('createGeneration', {
      token,
      id: projectId,
      body: PROMPT,
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'pending',
      price: 10,
      prompt: PROMPT.prompt,
      projectId,
      name: 'a baker with a red',
    });
    expect(body.queue?.position).toBeGreaterThan(0);
    expect(headers.get('Location')).toBe(`/api/v1/generations/${body.id}`);
    const { body: credits } = await studio.client.ok('readCredits', { token });
    expect(credits).toEqual({ posted: 100, held: 10, available: 90 });
    const { body: read } = await studio.client.ok('readGeneration', { token, id: body.id });
    expect(read).toEqual(body);
  });
});
