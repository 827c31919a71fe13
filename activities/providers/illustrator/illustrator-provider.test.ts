import { expect, it, vi } from 'vitest';
import { NEVER_ABORTED, NO_CALLBACK } from '#tests/fakes/conformance/provider-call.ts';
import { createIllustratorProvider } from './illustrator-provider.ts';
import type { Portrait, PortraitRequest } from '#illustrator/portrait-types.ts';
import type { ImageRequest } from '../port.ts';

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
  return {
    bytes: Buffer.from('drawn'),
    mimeType: 'image/png',
    widthPx: 768,
    heightPx: 432,
    credit,
    notDrawn: ['sword'],
  };
}

it('the illustrator provider draws the request when it is polled, at no cost and with its attribution', async () => {
  const render = vi.fn<(request: PortraitRequest) => Promise<Portrait>>(() =>
    Promise.resolve(portrait('Lorelei, CC0')),
  );
  const provider = createIllustratorProvider({ render });
  const job = await provider.submit(REQUEST, NEVER_ABORTED);
  expect(render).not.toHaveBeenCalled();
  expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toEqual({
    state: 'succeeded',
    image: { bytes: Buffer.from('drawn'), costUsd: 0, credit: 'Lorelei, CC0', notDrawn: ['sword'] },
  });
  const { style, attributes, prompt, seed } = REQUEST;
  expect(render).toHaveBeenCalledWith({ style, attributes, prompt, seed, widthPx: 768, heightPx: 432 });
});

it('the illustrator provider has one external id per attempt, so that a lost job is found', async () => {
  const provider = createIllustratorProvider({ render: () => Promise.resolve(portrait()) });
  const { externalId } = await provider.submit(REQUEST, NEVER_ABORTED);
  const lost = { request: REQUEST, startedAt: new Date(), isClaimed: () => Promise.resolve(false), ...NO_CALLBACK };
  expect(await provider.find(lost, NEVER_ABORTED)).toEqual({ externalId });
});

it('the illustrator provider distinguishes a failed drawing from an aborted one', async () => {
  const provider = createIllustratorProvider({ render: () => Promise.reject(new Error('render failed')) });
  const job = await provider.submit(REQUEST, NEVER_ABORTED);
  await expect(provider.poll(job, REQUEST, NEVER_ABORTED)).rejects.toMatchObject({ kind: 'transient' });
  await expect(provider.poll(job, REQUEST, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
});
