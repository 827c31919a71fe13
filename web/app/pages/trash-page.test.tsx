import { cleanup, screen, waitFor } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, describe, expect, it } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { TrashPage } from './trash-page.tsx';

afterEach(cleanup);

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

function trash(count: number) {
  let avatars = Array.from({ length: count }, (_, index) =>
    anAvatar({ id: `id-${index}`, name: `Number ${index}`, trashedAt: daysAgo(index * 10 + 0.5) }),
  );
  return renderInStudio(
    <>
      <TrashPage />
      <Toaster />
    </>,
    {
      answer: ({ method, body }) => {
        if (method === 'GET') {
          return {
            body: {
              data: avatars,
              meta: { nextCursor: null, hasMore: false, total: avatars.length, totalIsExact: true },
            },
          };
        }
        const { action, ids } = body as { action: string; ids: string[] };
        avatars = avatars.filter(({ id }) => !ids.includes(id));
        return { body: { action, count: ids.length, changed: ids.length } };
      },
    },
  );
}

describe('TrashPage', () => {
  it('shows the days left to restore each avatar', async () => {
    trash(3);
    await screen.findByText('30 days left');
    expect(screen.getByText('20 days left')).toBeTruthy();
    expect(screen.getByText('10 days left')).toBeTruthy();
  });

  it('restores the selected avatar', async () => {
    const { user, sent } = trash(2);
    await user.click(await screen.findByRole('button', { name: /^Number 1/u }));
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    await screen.findByText('Restored 1 avatar.');
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ action: 'restore', ids: ['id-1'] });
    expect(screen.queryByText('Number 1')).toBeNull();
  });

  it('restores one avatar with its own button, without selecting it', async () => {
    const { user, sent } = trash(2);
    await user.click(await screen.findByRole('button', { name: 'Restore Number 0' }));
    await screen.findByText('Restored “Number 0”.');
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ action: 'restore', ids: ['id-0'] });
  });

  it('deletes forever by key or button, only after confirmation', async () => {
    const { user, sent } = trash(2);
    const posts = () => sent.filter(({ method }) => method === 'POST');
    await user.click(await screen.findByRole('button', { name: /^Number 1/u }));
    await user.keyboard('{Backspace}');
    await screen.findByRole('dialog', { name: /^Delete 1/u });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Select all' }));
    await user.keyboard('{Delete}');
    await screen.findByRole('dialog', { name: /^Delete 2/u });
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(posts()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Delete forever' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(
      [...dialog.querySelectorAll('button')].find(({ textContent }) => textContent === 'Delete forever')!,
    );
    await screen.findByText('The trash is empty.');
    expect(posts().map(({ body }) => body)).toEqual([{ action: 'delete', ids: ['id-0', 'id-1'] }]);
  });
});
