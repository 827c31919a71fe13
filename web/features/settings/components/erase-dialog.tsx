import { type FormEvent, useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { messageOf } from '#web/http/request-failed.ts';
import { useEraseAccount } from '../api/use-account-data.ts';

/** Typed by the user to confirm, so that the account is not erased by accident. */
const CONFIRMATION_TEXT = 'erase me';

interface EraseDialogProps {
  readonly onClose: () => void;
  readonly onErased: () => void;
}

export function EraseDialog({ onClose, onErased }: EraseDialogProps) {
  const erase = useEraseAccount();
  const [typed, setTyped] = useState('');
  const confirmed = typed.trim().toLowerCase() === CONFIRMATION_TEXT;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (confirmed && !erase.isPending) erase.mutate(undefined, { onSuccess: onErased });
  };
  return (
    <Sheet title="Erase your account?" open onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <p className="leading-body text-pretty text-ink-2">
          Your projects, avatars, images, uploads and presets are deleted, and your remaining credits are lost.
          Generations in progress are cancelled. This can’t be undone.
        </p>
        <Field label={`Type “${CONFIRMATION_TEXT}” to continue`} id="erase-confirmation">
          <input
            id="erase-confirmation"
            autoComplete="off"
            autoCapitalize="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            className={FIELD_CLASS}
          />
        </Field>
        {erase.error && (
          <p role="alert" className="text-13 text-bad">
            {messageOf(erase.error)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Keep my account</Button>
          <Button
            type="submit"
            disabled={!confirmed || erase.isPending}
            className="enabled:border-bad! enabled:text-bad!"
          >
            {erase.isPending ? 'Erasing' : 'Erase my account'}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
