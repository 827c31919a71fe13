import { afterEach, describe, expect, it } from 'vitest';
import type { Generation } from '#contract/generation.ts';
import { follow } from './follow.ts';
import { createStudioClient } from './studio-client.ts';
import { sendEvent, startFakeStudio, startStream, type Answer, type FakeStudio } from './testing/fake-studio.ts';
import { aGeneration } from '#contract/testing/samples.ts';

const FIRST = aGeneration();
const CREDITS = { available: 90, held: 10, posted: 100 };

let studio: FakeStudio | undefined;
afterEach(() => studio?.close());

async function statesSeen(streams: readonly Answer[]): Promise<Generation[]> {
  const left = [...streams];
  studio = await startFakeStudio({
    [`GET /generations/${FIRST.id}/events`]: (response, request) => left.shift()?.(response, request),
  });
  const client = createStudioClient({ baseUrl: studio.url, fetch });
  const seen: Generation[] = [];
  for await (const state of follow(client, FIRST, new AbortController().signal)) seen.push(state);
  return seen;
}

const snapshot = (...generations: Generation[]) => ({ generations, credits: CREDITS });

describe('follow', () => {
  it('yields each state up to the final one', async () => {
    const seen = await statesSeen([
      (response) => {
        startStream(response);
        sendEvent(response, 'snapshot', snapshot(FIRST));
        sendEvent(response, 'generation', aGeneration({ status: 'processing', stage: 'generating', version: 2 }));
        sendEvent(response, 'generation', aGeneration({ status: 'failed', stage: 'done', version: 3 }));
      },
    ]);
    expect(seen.map(({ status }) => status)).toEqual(['pending', 'pending', 'processing', 'failed']);
  });

  it('reconnects after an interruption and continues from the snapshot', async () => {
    const seen = await statesSeen([
      (response) => response.destroy(),
      (response) => {
        startStream(response);
        sendEvent(response, 'snapshot', snapshot(FIRST));
        response.destroy();
      },
      (response) => {
        startStream(response);
        sendEvent(response, 'snapshot', snapshot(aGeneration({ status: 'cancelled', version: 5 })));
      },
    ]);
    expect(seen.at(-1)?.status).toBe('cancelled');
  });

  it('ignores states with an older version', async () => {
    const seen = await statesSeen([
      (response) => {
        startStream(response);
        sendEvent(response, 'snapshot', snapshot(aGeneration({ status: 'processing', version: 4 })));
        sendEvent(response, 'generation', aGeneration({ status: 'pending', version: 2 }));
        sendEvent(response, 'generation', aGeneration({ status: 'failed', version: 5 }));
      },
    ]);
    expect(seen.map(({ version }) => version)).toEqual([1, 4, 5]);
  });

  it('ends when an accepted generation is refused later', async () => {
    const seen = await statesSeen([
      (response) => {
        startStream(response);
        sendEvent(
          response,
          'snapshot',
          snapshot(aGeneration({ status: 'requested', refusal: 'daily_limit', version: 2 })),
        );
      },
    ]);
    expect(seen.at(-1)?.refusal).toBe('daily_limit');
  });

  it('throws immediately on a refusal', async () => {
    const refuse: Answer = (response) => response.writeHead(401).end();
    await expect(statesSeen([refuse])).rejects.toThrow('status 401');
  });
});
