import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { aFailedGeneration, aGeneration, anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { RecentList } from './recent-list.tsx';

afterEach(cleanup);

const avatar = anAvatar();
const done = aGeneration({ status: 'completed', avatar, finishedAt: '2026-11-23T08:00:04.200Z' });
const failed = aFailedGeneration({ id: '11111111-1111-4111-8111-111111111112', name: 'Jester' });

describe('RecentList', () => {
  it('links a completed generation to its avatar, and offers Retry only for the others', () => {
    renderInStudio(<RecentList generations={[done, failed]} />);
    expect(screen.getByRole('link', { name: 'Noir detective' }).getAttribute('href')).toBe(
      `/projects/${PROJECT_ID}/avatars/${avatar.id}`,
    );
    expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual(['Retry Jester']);
    expect(screen.getByText(/10.credits returned/u)).toBeTruthy();
  });

  it('names an avatar as it is called now, links to it in the trash, and to the project of a failure, but not to what is deleted', () => {
    const trashed = anAvatar({ name: 'Trashed', trashedAt: '2026-11-23T09:00:00.000Z' });
    const generations = [
      { ...done, name: 'As asked for', avatar: trashed },
      { ...done, id: 'deleted', name: 'Deleted', avatar: null },
      failed,
      { ...failed, id: 'orphan', name: 'Orphan', projectId: null },
    ];
    renderInStudio(<RecentList generations={generations} />);
    const links = screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);
    expect(links).toEqual([
      ['Trashed', `/projects/${PROJECT_ID}/avatars/${trashed.id}`],
      ['Jester', `/projects/${failed.projectId}`],
    ]);
    expect(screen.getByText(/In the trash/u)).toBeTruthy();
  });

  it('links to the successor of a generation that was retried, from whatever device', () => {
    renderInStudio(<RecentList generations={[{ ...failed, retriedAs: done.id }]} />);
    expect(screen.queryByRole('button', { name: /^Retry/u })).toBeNull();
    expect(screen.getByRole('link', { name: 'Retried: Jester' }).getAttribute('href')).toBe(`/generations/${done.id}`);
  });

  it('shows that an image is being reviewed instead of showing it', () => {
    const hidden = anAvatar({ review: 'needs_review', imageUrl: null, thumbnailUrl: null, placeholder: null });
    const { container } = renderInStudio(<RecentList generations={[{ ...done, avatar: hidden }]} />);
    expect(screen.getByText(/Being reviewed before it is shown/u)).toBeTruthy();
    expect(container.querySelector('img')).toBeNull();
  });

  it('sends the same idempotency key again while the outcome is unknown', async () => {
    let answers = 0;
    const answer = () => {
      answers += 1;
      if (answers === 1) return { status: 500, body: { code: 'internal', title: 'Broken' } };
      return { status: 202, body: aGeneration({ id: '11111111-1111-4111-8111-111111111119' }) };
    };
    const { user, sent } = renderInStudio(<RecentList generations={[failed]} />, { answer });
    const retry = screen.getByRole<HTMLButtonElement>('button', { name: 'Retry Jester' });
    await user.click(retry);
    await waitFor(() => expect([answers, retry.disabled]).toEqual([1, false]));
    await user.click(retry);
    await waitFor(() => expect(answers).toBe(2));
    expect(sent[0]?.idempotencyKey).toBeTruthy();
    expect(sent[1]?.idempotencyKey).toBe(sent[0]?.idempotencyKey);
  });

  it('shows the first eight, and the rest on request', async () => {
    const many = Array.from({ length: 11 }, (_, at) => aFailedGeneration({ id: `id-${at}`, name: `Jester ${at}` }));
    const { user } = renderInStudio(<RecentList generations={many} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(8);
    await user.click(screen.getByRole('button', { name: 'Show 3 more' }));
    expect(screen.getAllByRole('listitem')).toHaveLength(11);
  });
});
