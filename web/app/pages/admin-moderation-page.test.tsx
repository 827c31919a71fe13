import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReviewItem } from '#contract/moderation.ts';
import type { ObjectionItem } from '#contract/objection.ts';
import type { ReportItem, TakedownItem } from '#contract/report.ts';
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

const OBJECTION: ObjectionItem = {
  id: '0198c0de-0000-7000-8000-000000000050',
  accountId: FIRST.accountId,
  rule: 'hate',
  decision: null,
  texts: [{ path: 'prompt', text: 'Portrait of kike garcía', term: 'kike' }],
  comment: 'Short for Enrique',
  createdAt: FIRST.createdAt,
};
const { avatarId, accountId, generationId, name, imageUrl, createdAt } = FIRST;
const OWNER = { avatarId, accountId, generationId, name, imageUrl };
const REPORT: ReportItem = {
  ...OWNER,
  id: '0198c0de-0000-7000-8000-000000000060',
  reporterId: SECOND.accountId,
  kind: 'likeness',
  statement: 'This is my face',
  createdAt,
};
const TAKEN_DOWN: TakedownItem = { ...OWNER, reason: 'It shows a real person', takenDownAt: createdAt };

const listOf = (...data: unknown[]) => ({
  body: { data, meta: { nextCursor: null, hasMore: false, total: data.length, totalIsExact: true } },
});

function studio(outcome: { status?: number; body: unknown }) {
  return ({ method, path }: Sent) => {
    if (method === 'POST') return outcome;
    if (!path.startsWith('/moderation/queue')) return listOf();
    return listOf(FIRST, SECOND);
  };
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
    expect(sent.find(({ method }) => method === 'POST')).toMatchObject({
      method: 'POST',
      path: `/moderation/${FIRST.avatarId}/approve`,
    });
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
    expect(sent.find(({ method }) => method === 'POST')).toMatchObject({
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

  it('lists objections, and sends the decision', async () => {
    let open: unknown[] = [OBJECTION];
    const { user, sent } = renderInStudio(<AdminModerationPage />, {
      answer: ({ method, path }) => {
        if (method === 'POST') open = [];
        return path.startsWith('/moderation/objections') && method === 'GET' ? listOf(...open) : listOf();
      },
    });
    const card = await screen.findByRole('article', { name: 'Hateful language' });
    expect(card.textContent).toContain('prompt: kike');
    expect(card.textContent).toContain('Portrait of kike garcía');
    expect(card.textContent).toContain('Short for Enrique');
    await user.click(screen.getByRole('button', { name: 'Allow for this account' }));
    await waitFor(() => expect(screen.queryByRole('article')).toBeNull());
    expect(sent.find(({ method }) => method === 'POST')).toMatchObject({
      path: `/moderation/objections/${OBJECTION.id}/decide`,
      body: { decision: 'allowed' },
    });
  });

  it('lists reports, requires a reason to take an avatar down, and restores it', async () => {
    let takenDown = false;
    const { user, sent } = renderInStudio(<AdminModerationPage />, {
      answer: ({ method, path }) => {
        if (method === 'POST') takenDown = path.endsWith('/takedown');
        if (path.startsWith('/moderation/reports')) return listOf(...(takenDown ? [] : [REPORT]));
        return path.startsWith('/moderation/takedowns') && takenDown ? listOf(TAKEN_DOWN) : listOf();
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Take down Lamplighter' }));
    await user.click(await screen.findByRole('button', { name: 'Take down' }));
    expect(screen.getByRole('alert').textContent).toBe('Enter a reason. The user reads it.');
    await user.type(screen.getByRole('textbox'), TAKEN_DOWN.reason);
    await user.click(screen.getByRole('button', { name: 'Take down' }));
    await user.click(await screen.findByRole('button', { name: 'Restore Lamplighter' }));
    await screen.findByRole('button', { name: 'Take down Lamplighter' });
    expect(sent.filter(({ method }) => method === 'POST')).toMatchObject([
      { path: `/moderation/${FIRST.avatarId}/takedown`, body: { reason: TAKEN_DOWN.reason } },
      { path: `/moderation/${FIRST.avatarId}/restore` },
    ]);
  });
});
