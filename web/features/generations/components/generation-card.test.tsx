import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Generation } from '#contract/generation.ts';
import { keys } from '#web/query/keys.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { aFailedGeneration, aGeneration, anAvatar } from '#contract/testing/samples.ts';
import type { CardActionsProps } from './card-actions.tsx';
import { GenerationCard } from './generation-card.tsx';

afterEach(cleanup);

function show(generation: Generation, more: Partial<CardActionsProps> = {}) {
  const on = {
    onCancel: vi.fn<() => void>(),
    onMove: vi.fn<(priority: number) => void>(),
    onRetry: vi.fn<() => void>(),
    onDismiss: vi.fn<() => void>(),
  };
  const view = renderInStudio(
    <GenerationCard
      generation={generation}
      mayRaise={false}
      cancelling={false}
      retrying={false}
      editHref="/edit"
      {...on}
      {...more}
    />,
  );
  return { ...view, ...on };
}
const actions = () => screen.queryAllByRole('button').map((button) => button.getAttribute('aria-label'));
const text = () => screen.getByRole('article').textContent;

describe('the card of a requested generation', () => {
  it('says that it waits to enter the queue, and can be cancelled', async () => {
    const { user, onCancel } = show(aGeneration({ status: 'requested', stage: 'admitting' }));
    expect(text()).toContain('Accepted, waiting to enter the queue');
    await user.click(screen.getByRole('button', { name: 'Cancel Noir detective' }));
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('shows the reason for a refusal and offers Edit and retry', () => {
    show(aGeneration({ status: 'requested', refusal: 'insufficient_credits' }));
    expect(text()).toContain('Not enough credits for this avatar.Nothing was charged');
    expect(screen.getByRole('link', { name: 'Edit and retry Noir detective' })).toBeTruthy();
    expect(actions()).toEqual(['Dismiss Noir detective']);
  });
});

describe('the card of a pending generation', () => {
  const waiting = aGeneration({ queue: { position: 3, etaSeconds: 18 } });

  it('shows the queue position, the estimated wait, and the hold', () => {
    show(waiting);
    expect(text()).toContain('3rd in queue, about 20\u00A0s');
    expect(text()).toContain('10\u00A0credits held');
  });

  it('can be lowered and cancelled by the user, but not raised', async () => {
    const { user, onMove } = show(waiting);
    expect(actions()).toEqual(['Lower Noir detective', 'Cancel Noir detective']);
    await user.click(screen.getByRole('button', { name: 'Lower Noir detective' }));
    expect(onMove).toHaveBeenCalledWith(5);
  });

  it('can be raised by an admin', async () => {
    const { user, onMove } = show(waiting, { mayRaise: true });
    await user.click(screen.getByRole('button', { name: 'Raise Noir detective' }));
    expect(onMove).toHaveBeenCalledWith(3);
  });

  it('offers no move beyond the first and last priority', () => {
    show({ ...waiting, priority: 5 }, { mayRaise: true });
    expect(actions()).toEqual(['Raise Noir detective', 'Cancel Noir detective']);
    cleanup();
    show({ ...waiting, priority: 1 }, { mayRaise: true });
    expect(actions()).toEqual(['Lower Noir detective', 'Cancel Noir detective']);
  });

  it('shows that it is being cancelled, with the button disabled', () => {
    show(waiting, { cancelling: true });
    const cancel = screen.getByRole<HTMLButtonElement>('button', { name: 'Cancel Noir detective' });
    expect(cancel.disabled).toBe(true);
    expect(cancel.textContent).toContain('Cancelling');
  });
});

describe('the card of a processing generation', () => {
  it('shows the stage, the elapsed time, and the attempt with its reason, and can only be cancelled', () => {
    const processingAt = new Date(Date.now() - 66_500).toISOString();
    const failed = {
      provider: 'replicate' as const,
      model: 'FLUX.1 [schnell]',
      state: 'failed',
      failure: 'transient' as const,
      costUsd: null,
      startedAt: processingAt,
      finishedAt: processingAt,
    };
    show(
      aGeneration({
        status: 'processing',
        stage: 'generating',
        model: 'FLUX.1 [dev]',
        processingAt,
        attempts: [failed],
      }),
    );
    expect(text()).toContain('Generating with FLUX.1 [dev] · 1:06');
    expect(text()).toContain('Attempt 2 · FLUX.1 [schnell]: temporarily unavailable');
    expect(actions()).toEqual(['Cancel Noir detective']);
  });

  it.each([
    ['checking', 'Checking the image'],
    ['saving', 'Saving the image'],
  ] as const)('names the stage %s', (stage, label) => {
    show(aGeneration({ status: 'processing', stage }));
    expect(text()).toContain(label);
  });
});

describe('the card of a completed generation', () => {
  it('shows the image over its placeholder, without actions', () => {
    show(aGeneration({ status: 'completed', avatar: anAvatar(), finishedAt: '2026-11-23T08:00:04.000Z' }));
    const image = screen.getByRole<HTMLImageElement>('img', { name: 'Noir detective' });
    expect(image.src).toBe('http://images.test/thumb.webp');
    expect(image.previousElementSibling?.getAttribute('src')).toMatch(/^data:image\/png/u);
    expect(text()).toContain('Done in 4.0\u00A0s');
    expect(actions()).toEqual([]);
  });
});

describe('the card of a failed generation', () => {
  it('shows the failure and the returned credits', () => {
    show(aFailedGeneration());
    expect(text()).toContain('The provider refused this prompt. Reword it and try again.');
    expect(text()).toContain('10\u00A0credits returned');
  });

  it('can be retried, edited, and dismissed', async () => {
    const { user, onRetry, onDismiss } = show(aFailedGeneration());
    await user.click(screen.getByRole('button', { name: 'Retry Noir detective' }));
    await user.click(screen.getByRole('button', { name: 'Dismiss Noir detective' }));
    expect(onRetry).toHaveBeenCalledOnce();
    expect(onDismiss).toHaveBeenCalledOnce();
    expect(screen.getByRole('link', { name: 'Edit and retry Noir detective' }).getAttribute('href')).toBe('/edit');
  });

  it('offers no editing if its project was deleted', () => {
    show(aFailedGeneration({ projectId: null }), { editHref: null });
    expect(screen.queryByRole('link')).toBeNull();
  });

  it.each([
    [{ status: 'processing' }, 'Being generated again'],
    [{ status: 'completed' }, 'Generated again'],
    [{ status: 'failed' }, 'Failed again'],
    [{ status: 'cancelled' }, 'Retry cancelled'],
    [undefined, 'Retried'],
  ] as const)('links to its successor instead of Retry: %o', async (successor, label) => {
    const retriedAs = '11111111-1111-4111-8111-111111111112';
    const { queries } = show(aFailedGeneration({ retriedAs }));
    const byId = successor && { [retriedAs]: aGeneration({ id: retriedAs, ...successor }) };
    queries.setQueryData(keys.live, { byId: byId ?? {}, endedAtMs: {} });
    const link = await screen.findByRole('link', { name: `${label}: Noir detective` });
    expect(link.getAttribute('href')).toBe(`/generations/${retriedAs}`);
    expect([screen.getAllByRole('link').length, actions()]).toEqual([1, ['Dismiss Noir detective']]);
  });

  it('disables Retry while a retry is pending', () => {
    show(aFailedGeneration(), { retrying: true });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Retry Noir detective' }).disabled).toBe(true);
  });
});

describe('the card of a cancelled generation', () => {
  it('shows the returned credits and offers Retry', () => {
    show(aGeneration({ status: 'cancelled', creditsReturned: 10 }));
    expect(text()).toContain('Cancelled10\u00A0credits returned');
    expect(actions()).toEqual(['Retry Noir detective', 'Dismiss Noir detective']);
  });
});
