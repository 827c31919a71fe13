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
      title="Return the credits"
      sentence="10 credits are returned to Alice."
      label="Reason"
      submit="Return 10 credits"
      busy={false}
      error={given.error}
      required={given.required ?? false}
      onSubmit={onSubmit}
      onClose={onClose}
    />,
  );
  const send = () => user.click(screen.getByRole('button', { name: 'Return 10 credits' }));
  return { user, send, onSubmit, onClose, reason: screen.getByRole('textbox', { name: 'Reason' }) };
}

describe('the reason dialog', () => {
  it('states what submitting does and passes on the trimmed reason', async () => {
    const { user, send, onSubmit, reason } = open();
    expect(screen.getByText('10 credits are returned to Alice.')).toBeTruthy();
    await user.type(reason, '  a torn image ');
    await send();
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('a torn image');
  });

  it('shows an error at the field when a required reason is missing', async () => {
    const { user, send, onSubmit, reason } = open({ required: true });
    await user.type(reason, '   ');
    await send();
    expect(onSubmit).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toBe('Enter a reason. It is recorded with the credits.');
    expect(reason.getAttribute('aria-invalid')).toBe('true');
    await user.type(reason, 'late');
    await send();
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('late');
  });

  it('submits without a reason when none is required', async () => {
    const { send, onSubmit } = open();
    await send();
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('');
  });

  it('stays open and shows the API’s error', () => {
    open({ error: 'These credits were returned already.' });
    expect(screen.getByRole('alert').textContent).toBe('These credits were returned already.');
  });

  it('submits nothing when it is dismissed', async () => {
    const { user, onSubmit, onClose } = open();
    await user.click(screen.getByRole('button', { name: 'Go back' }));
    expect(onClose).toHaveBeenCalledOnce();
    expect(onSubmit).not.toHaveBeenCalled();
  });
});
