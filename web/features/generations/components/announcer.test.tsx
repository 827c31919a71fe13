import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Generation } from '#contract/generation.ts';
import { writeEvent } from '#web/live/write-to-cache.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { aFailedGeneration, aGeneration } from '#contract/testing/samples.ts';
import { Announcer } from './announcer.tsx';

afterEach(cleanup);

describe('Announcer', () => {
  it('announces each new stage and the outcome, but neither the initial state nor the queue position', async () => {
    const { queries } = renderInStudio(<Announcer />);
    const announced = () => screen.getByRole('status').textContent;
    // The query cache notifies its observers in a task of its own.
    const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
    const write = (name: string, data: unknown) =>
      act(async () => {
        writeEvent(queries, name, data, 0);
        await settled();
      });
    const update = (generation: Generation) => write('generation', generation);
    await update(aGeneration({ version: 1 }));
    expect(announced()).toBe('');
    const queue = { position: 2, etaSeconds: 9 };
    await write('queue', { positions: [{ generationId: aGeneration().id, queue }] });
    expect(announced()).toBe('');
    await update(aGeneration({ version: 2, status: 'processing', stage: 'generating', model: 'FLUX.1 [dev]' }));
    expect(announced()).toBe('Noir detective: Generating with FLUX.1 [dev].');
    await update(aFailedGeneration({ version: 3 }));
    expect(announced()).toContain(
      'The provider refused this prompt. Reword it and try again., 10\u00A0credits returned.',
    );
  });
});
