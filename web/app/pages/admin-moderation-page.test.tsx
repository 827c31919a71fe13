import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReviewItem } from '#contract/moderation.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { AdminModerationPage } from './admin-moderation-page.tsx';

afterEach(cleanup);

const item = (avatarId: string, name: string): ReviewItem => ({
  avatarId,
  accountId: '0198c0de-0000-7000-8000-000000000003',
  generationId: '0198c0de-0000-7000-8000-000000000001',
  name,
  sourceType: 'text_to_image',
  prompt: 'A lamplighter on a bridge.',
  provider: 'replicate',
  model: 'FLUX.1 [schnell]',
  imageUrl: 'http://images.test/image.webp',
  thumbnailUrl: 'http://images.test/thumb.webp',
  scores: { neutral: 0.22, sexy: 0.71 },
  createdAt: '2026-11-23T08:00:00.000Z',
});
const FIRST = item('0198c0de-0000-7000-8000-000000000002', 'Lamplighter');
const SECOND = item('0198c0de-0000-7000-8000-000000000004', 'Ferryman');

function studio(outcome: { status?: number; body: unknown }) {
  return ({ method }: Sent) =>
    method === 'POST'
      ? outcome
      : { body: { data: [FIRST, SECOND], meta: { nextCursor: null, hasMore: false, total: 2, totalIsExact: true } } };
}

describe('AdminModerationPage', () => {
  it('covers an image until the admin reveals it', async () => {
    const { user } = renderInStudio(<AdminModerationPage />, { answer: studio({ body: {} }) });
    const [show] = await screen.findAllByRole('button', { name: 'Show the image' });
    expect(screen.queryByAltText('Lamplighter')).toBeNull();
    await user.click(show as HTMLElement);
    expect(screen.getByAltText('Lamplighter')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Cover the image' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('removes an approved image from the list and lowers the count', async () => {
    const { user, sent } = renderInStudio(<AdminModerationPage />, {
      answer: studio({ body: { avatarId: FIRST.avatarId, review: 'approved' } }),
    });
    await user.click(await screen.findByRole('button', { name: 'Approve Lamplighter' }));
    await waitFor(() => expect(screen.queryByRole('article', { name: 'Lamplighter' })).toBeNull());
    expect(screen.getByRole('article', { name: 'Ferryman' })).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('1\u00A0image waiting');
    expect(sent.at(-1)).toMatchObject({ method: 'POST', path: `/moderation/${FIRST.avatarId}/approve` });
  });

  it('requires a reason for a rejection and sends it', async () => {
    const { user, sent } = renderInStudio(<AdminModerationPage />, {
      answer: studio({ body: { avatarId: SECOND.avatarId, generationId: SECOND.generationId, creditsReturned: 10 } }),
    });
    await user.click(await screen.findByRole('button', { name: 'Reject Ferryman' }));
    await user.type(await screen.findByRole('textbox'), ' A real person ');
    await user.click(screen.getByRole('button', { name: 'Reject the image' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByRole('article', { name: 'Ferryman' })).toBeNull();
    expect(sent.at(-1)).toMatchObject({
      path: `/moderation/${SECOND.avatarId}/reject`,
      body: { reason: 'A real person' },
    });
  });

  it('removes an image that another admin has already reviewed', async () => {
    const { user } = renderInStudio(<AdminModerationPage />, {
      answer: studio({ status: 409, body: { code: 'conflict', title: 'Conflict', detail: 'Not in review' } }),
    });
    await user.click(await screen.findByRole('button', { name: 'Approve Lamplighter' }));
    await waitFor(() => expect(screen.queryByRole('article', { name: 'Lamplighter' })).toBeNull());
  });

  it('says when there is nothing to review', async () => {
    const answer = () => ({
      body: { data: [], meta: { nextCursor: null, hasMore: false, total: 0, totalIsExact: true } },
    });
    renderInStudio(<AdminModerationPage />, { answer });
    expect(await screen.findByText('No images to review.')).toBeTruthy();
  });
});
