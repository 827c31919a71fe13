import type { Page } from 'playwright-core';
import { callApi } from './call-api.ts';

interface ManyToMake {
  readonly projectId: string;
  readonly count: number;
  readonly prompt: string;
}

/** Orders many at once, by the provider that needs no network. */
export function generateMany(page: Page, { projectId, count, prompt }: ManyToMake): Promise<{ id: string }> {
  const request = { sourceType: 'text_to_image', prompt, options: { provider: 'illustrator' } };
  return callApi(page, `/projects/${projectId}/batches`, { request, count, vary: 'seed' });
}
