import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { AvatarLightbox } from './avatar-lightbox.tsx';

afterEach(cleanup);

const onShow = vi.fn<(id: string) => void>();
const onClose = vi.fn<() => void>();
const avatars = ['one', 'two', 'three'].map((id) => anAvatar({ id, name: `Guest ${id}` }));

function open(shownId: string) {
  const hidden = anAvatar({ id: 'hidden', name: 'Being reviewed', imageUrl: null });
  return renderInStudio(
    <AvatarLightbox avatars={[hidden, ...avatars]} shownId={shownId} onShow={onShow} onClose={onClose} />,
  );
}

describe('the lightbox', () => {
  it('moves to the neighbors and skips avatars without an image', async () => {
    const { user } = open('one');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Previous' }).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await waitFor(() => expect(onShow).toHaveBeenLastCalledWith('two'));
    expect(screen.queryByAltText('Being reviewed')).toBeNull();
  });

  it('closes with its Close button', async () => {
    const { user } = open('two');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });
});
