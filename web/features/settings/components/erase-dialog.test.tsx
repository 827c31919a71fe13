import { cleanup, screen, waitFor } from '@testing-library/react';
import { describe, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { EraseDialog } from './erase-dialog.tsx';

const onErased = vi.fn<() => void>();

beforeEach(() => void onErased.mockReset());
afterEach(cleanup);

function open(answer: Answer) {
  const view = renderInStudio(<EraseDialog onClose={() => {}} onErased={onErased} />, { answer });
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Erase my account' });
  return { ...view, button, confirmation: screen.getByRole('textbox', { name: /to continue/u }) };
}

describe('the erase account dialog', () => {
  it('does nothing until the confirmation text is typed', async () => {
    const { user, button, confirmation, sent } = open(() => ({ body: {} }));
    await user.type(confirmation, 'erase{Enter}');
    expect(button.disabled).toBe(true);
    expect(sent).toEqual([]);
    await user.type(confirmation, ' me');
    await user.click(button);
    await waitFor(() => expect(onErased).toHaveBeenCalledOnce());
    expect(sent).toMatchObject([{ method: 'DELETE', path: '/me' }]);
  });

  it('shows why the account was not erased', async () => {
    const { user, button, confirmation } = open(() => ({
      status: 409,
      body: { code: 'conflict', title: 'Not possible', detail: 'An admin cannot be erased.' },
    }));
    await user.type(confirmation, 'erase me');
    await user.click(button);
    expect((await screen.findByRole('alert')).textContent).toBe('An admin cannot be erased.');
    expect(onErased).not.toHaveBeenCalled();
  });
});
