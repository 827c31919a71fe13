import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { EraseDialog } from './erase-dialog.tsx';

const onErased = vi.fn<() => void>();

beforeEach(() => void onErased.mockReset());
afterEach(cleanup);

function open(answer: Answer) {
  const view = renderInStudio(<EraseDialog onClose={() => {}} onErased={onErased} />, { answer });
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Erase my account' });
  return { ...view, button, words: screen.getByRole('textbox', { name: /to go on/u }) };
}

it('does nothing until the words are typed', async () => {
  const { user, button, words, sent } = open(() => ({ body: {} }));
  await user.type(words, 'erase{Enter}');
  expect(button.disabled).toBe(true);
  expect(sent).toEqual([]);
  await user.type(words, ' me');
  await user.click(button);
  await waitFor(() => expect(onErased).toHaveBeenCalledOnce());
  expect(sent).toMatchObject([{ method: 'DELETE', path: '/me' }]);
});

it('says why it was not done', async () => {
  const { user, button, words } = open(() => ({
    status: 409,
    body: { code: 'conflict', title: 'Not possible', detail: 'An admin can not be erased.' },
  }));
  await user.type(words, 'erase me');
  await user.click(button);
  expect((await screen.findByRole('alert')).textContent).toBe('An admin can not be erased.');
  expect(onErased).not.toHaveBeenCalled();
});
