import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Generation } from '#contract/generation.ts';
import { writeEvent } from '#web/live/write-to-cache.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { aFailedOne, aGeneration } from '#contract/testing/samples.ts';
import { Announcer } from './announcer.tsx';

afterEach(cleanup);

describe('what screen readers are told', () => {
  it('is each new stage and the end, but not what was there, nor the place in queue', async () => {
    const { queries } = renderInStudio(<Announcer />);
    const said = () => screen.getByRole('status').textContent;
    // The cache tells its readers in a task of its own.
    const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
    const write = (name: string, data: unknown) =>
      act(async () => {
        writeEvent(queries, name, data, 0);
        await settled();
      });
    const tell = (generation: Generation) => write('generation', generation);
    await tell(aGeneration({ version: 1 }));
    expect(said()).toBe('');
    const place = { position: 2, etaSeconds: 9 };
    await write('queue', { places: [{ generationId: aGeneration().id, place }] });
    expect(said()).toBe('');
    await tell(aGeneration({ version: 2, status: 'processing', stage: 'generating', model: 'FLUX.1 [dev]' }));
    expect(said()).toBe('Noir detective: Generating with FLUX.1 [dev].');
    await tell(aFailedOne({ version: 3 }));
    expect(said()).toContain('The provider refused this prompt. Reword it and try again., 10\u00A0credits returned.');
  });
});
