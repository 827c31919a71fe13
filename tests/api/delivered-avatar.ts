import { record } from '#drizzle/ledger/record.ts';
import type { NewAvatar } from '#drizzle/ledger/record.ts';
import { anAvatar } from '../support/database/world.ts';
import type { TestUser } from './serve-api.ts';
import type { TestApi } from './test-api.ts';

export interface Delivered {
  readonly id: string;
  readonly generationId: string;
}

/** An avatar that was requested over HTTP, recorded and charged; its images may not exist. */
export async function deliveredAvatar(
  studio: Pick<TestApi, 'client' | 'fixture'>,
  { token, projectId, accountId }: TestUser,
  changes: Partial<NewAvatar> = {},
): Promise<Delivered> {
  const body = { sourceType: 'text_to_image', prompt: 'a portrait' } as const;
  const { body: generation } = await studio.client.ok('createGeneration', { token, id: projectId, body });
  const avatar = anAvatar(accountId, changes);
  await record(studio.fixture.database, generation.id, avatar);
  return { id: avatar.id, generationId: generation.id };
}
