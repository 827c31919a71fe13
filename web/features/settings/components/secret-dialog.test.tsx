import { cleanup, screen } from '@testing-library/react';
import { describe, afterEach, expect, it, vi } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { SecretDialog } from './secret-dialog.tsx';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function open() {
  const onClose = vi.fn<() => void>();
  return {
    ...renderInStudio(<SecretDialog title="Webhook secret" purpose="Store it." secret={SECRET} onClose={onClose} />),
    onClose,
  };
}

describe('the webhook secret dialog', () => {
  it('copies the secret and confirms it', async () => {
    const { user } = open();
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect((await screen.findByRole('status')).textContent).toBe('Copied');
    expect(await navigator.clipboard.readText()).toBe(SECRET);
  });

  it('does not confirm a copy that the browser denied; the secret can be selected', async () => {
    const { user } = open();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(screen.getByRole('status').textContent).toBe('Copy');
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Secret' });
    await user.click(field);
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual([SECRET, 0, SECRET.length]);
  });

  it('closes when the user has saved the secret', async () => {
    const { user, onClose } = open();
    await user.click(screen.getByRole('button', { name: 'I have saved it' }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});
