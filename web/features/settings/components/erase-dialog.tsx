import { type FormEvent, useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { messageOf } from '#web/http/request-failed.ts';
import { useEraseAccount } from '../api/use-account-data.ts';

/** To be typed, so that nobody does it by a slip of the hand. */
const LABELS = 'erase me';

interface EraseDialogProps {
  readonly onClose: () => void;
  readonly onErased: () => void;
}

export function EraseDialog({ onClose, onErased }: EraseDialogProps) {
  const erase = useEraseAccount();
  const [typed, setTyped] = useState('');
  const meant = typed.trim().toLowerCase() === LABELS;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (meant && !erase.isPending) erase.mutate(undefined, { onSuccess: onErased });
  };
  return (
    <Sheet title="Erase your account?" open onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <p className="leading-body text-pretty text-ink-2">
          Your projects, avatars, images, uploads and presets go, and the credits you have left with them. What is
          developing is cancelled. There is no way back.
        </p>
        <Field label={`Type “${LABELS}” to go on`} id="erase-words">
          <input
            id="erase-words"
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
          <Button type="submit" disabled={!meant || erase.isPending} className="enabled:border-bad! enabled:text-bad!">
            {erase.isPending ? 'Erasing' : 'Erase my account'}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
