import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

afterEach(cleanup);

function open(given: { required?: boolean; error?: string } = {}) {
  const onSubmit = vi.fn<(reason: string) => void>();
  const onClose = vi.fn<() => void>();
  const { user } = renderInStudio(
    <ReasonDialog
      title="Give back the credits"
      sentence="10 credits go back to Alice."
      label="Why"
      submit="Give back 10 credits"
      busy={false}
      error={given.error}
      required={given.required ?? false}
      onSubmit={onSubmit}
      onClose={onClose}
    />,
  );
  const send = () => user.click(screen.getByRole('button', { name: 'Give back 10 credits' }));
  return { user, send, onSubmit, onClose, reason: screen.getByRole('textbox', { name: 'Why' }) };
}

describe('the dialog that asks for a reason', () => {
  it('says what will happen, and hands on what was written', async () => {
    const { user, send, onSubmit, reason } = open();
    expect(screen.getByText('10 credits go back to Alice.')).toBeTruthy();
    await user.type(reason, '  a torn image ');
    await send();
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('a torn image');
  });

  it('does nothing without a reason where one is needed, and says so at the field', async () => {
    const { user, send, onSubmit, reason } = open({ required: true });
    await user.type(reason, '   ');
    await send();
    expect(onSubmit).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toBe('Say why: it is kept with the credits.');
    expect(reason.getAttribute('aria-invalid')).toBe('true');
    await user.type(reason, 'late');
    await send();
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('late');
  });

  it('goes without one where none is needed', async () => {
    const { send, onSubmit } = open();
    await send();
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('');
  });

  it('stays open with what the API said against it', () => {
    open({ error: 'These credits were returned already.' });
    expect(screen.getByRole('alert').textContent).toBe('These credits were returned already.');
  });

  it('leaves everything as it is', async () => {
    const { user, onSubmit, onClose } = open();
    await user.click(screen.getByRole('button', { name: 'Keep it as it is' }));
    expect(onClose).toHaveBeenCalledOnce();
    expect(onSubmit).not.toHaveBeenCalled();
  });
});
