import type { Page } from 'playwright-core';
import { callApi } from './call-api.ts';

interface ManyAvatars {
  readonly projectId: string;
  readonly count: number;
  readonly prompt: string;
}

/** Requests a batch from the illustrator, which needs no network. */
export function generateMany(page: Page, { projectId, count, prompt }: ManyAvatars): Promise<{ id: string }> {
  const request = { sourceType: 'text_to_image', prompt, options: { provider: 'illustrator' } };
  return callApi(page, `/projects/${projectId}/batches`, { request, count, vary: 'seed' });
}
