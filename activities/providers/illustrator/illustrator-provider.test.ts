import { expect, it, vi } from 'vitest';
import { createIllustratorProvider } from './illustrator-provider.ts';
import type { Portrait, PortraitRequest } from '#illustrator/portrait-types.ts';
import type { ImageRequest } from '../port.ts';

const NEVER_ABORTED = new AbortController().signal;
const REQUEST: ImageRequest = {
  attemptId: '0190b2f0-0000-7000-8000-000000000002',
  model: 'illustrator-1',
  prompt: 'A baker at dawn',
  seed: 11,
  aspectRatio: '16:9',
  sizePx: 768,
  style: 'vector',
  attributes: { hairColor: 'silver' },
};

function portrait(credit: string | null = null): Portrait {
  return { bytes: Buffer.from('drawn'), mimeType: 'image/png', widthPx: 768, heightPx: 432, credit };
}

it('draws what was asked for when it is polled, for nothing, with the credit that is owed', async () => {
  const render = vi.fn<(request: PortraitRequest) => Promise<Portrait>>(() =>
    Promise.resolve(portrait('Lorelei, CC0')),
  );
  const provider = createIllustratorProvider({ render });
  const job = await provider.submit(REQUEST, NEVER_ABORTED);
  expect(render).not.toHaveBeenCalled();
  expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toEqual({
    state: 'succeeded',
    image: { bytes: Buffer.from('drawn'), costUsd: 0, credit: 'Lorelei, CC0' },
  });
  const { style, attributes, prompt, seed } = REQUEST;
  expect(render).toHaveBeenCalledWith({ style, attributes, prompt, seed, widthPx: 768, heightPx: 432 });
});

it('has one name for one attempt, so a lost reply loses nothing', async () => {
  const provider = createIllustratorProvider({ render: () => Promise.resolve(portrait()) });
  const { externalId } = await provider.submit(REQUEST, NEVER_ABORTED);
  const lost = { request: REQUEST, startedAt: new Date(), isClaimed: () => Promise.resolve(false) };
  expect(await provider.find(lost, NEVER_ABORTED)).toEqual({ externalId });
});

it('tells a failed drawing from an abandoned one', async () => {
  const provider = createIllustratorProvider({ render: () => Promise.reject(new Error('out of ink')) });
  const job = await provider.submit(REQUEST, NEVER_ABORTED);
  await expect(provider.poll(job, REQUEST, NEVER_ABORTED)).rejects.toMatchObject({ kind: 'transient' });
  await expect(provider.poll(job, REQUEST, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
});
