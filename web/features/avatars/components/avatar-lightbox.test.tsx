import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { AvatarLightbox } from './avatar-lightbox.tsx';

afterEach(cleanup);

const onShow = vi.fn<(id: string) => void>();
const onClose = vi.fn<() => void>();
const cast = ['one', 'two', 'three'].map((id) => anAvatar({ id, name: `Guest ${id}` }));

function open(shownId: string) {
  const hidden = anAvatar({ id: 'hidden', name: 'Being reviewed', imageUrl: null });
  return renderInStudio(
    <AvatarLightbox avatars={[hidden, ...cast]} shownId={shownId} onShow={onShow} onClose={onClose} />,
  );
}

it('leads to its neighbors, past what has no image', async () => {
  const { user } = open('one');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Previous' }).disabled).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await waitFor(() => expect(onShow).toHaveBeenLastCalledWith('two'));
  expect(screen.queryByAltText('Being reviewed')).toBeNull();
});

it('closes by its cross', async () => {
  const { user } = open('two');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
});
