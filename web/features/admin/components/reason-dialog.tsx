import { type FormEvent, useId, useState } from 'react';
import { fits } from '#domain/text/characters.ts';
import { cleanText, isVisible } from '#domain/text/visible-text.ts';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { LengthNote } from '#web/components/length-note.tsx';
import { Sheet } from '#web/components/sheet.tsx';

/** The API's limit, unless a caller has another one. */
const REASON_MAX_LENGTH = 200;

interface ReasonDialogProps {
  readonly title: string;
  /** What submitting does. */
  readonly sentence: string;
  readonly label: string;
  readonly required?: boolean;
  /** Shown when a required reason is missing. */
  readonly missing?: string;
  readonly maxLength?: number;
  /** Label of the submit button: verb and object. */
  readonly submit: string;
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly onSubmit: (reason: string) => void;
  readonly onClose: () => void;
}

/** Confirms an action and collects its reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const id = useId();
  const [reason, setReason] = useState('');
  const maxLength = props.maxLength ?? REASON_MAX_LENGTH;
  const [missing, setMissing] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const typed = cleanText(reason);
    const isMissing = props.required === true && !isVisible(typed);
    setMissing(isMissing);
    if (!isMissing && fits(typed, maxLength)) props.onSubmit(isVisible(typed) ? typed : '');
  };
  const error = missing ? (props.missing ?? 'Enter a reason. It is recorded with the credits.') : props.error;
  return (
    <Sheet title={props.title} open onClose={props.onClose}>
      <form noValidate onSubmit={send} className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <p className="text-pretty text-ink-2">{props.sentence}</p>
        <Field label={props.label} id={id} error={error}>
          <textarea
            id={id}
            rows={3}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            aria-invalid={error !== undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            className={FIELD_CLASS}
          />
          <LengthNote text={reason} max={maxLength} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={props.onClose}>Go back</Button>
          <Button type="submit" tone="go" aria-disabled={props.busy}>
            {props.submit}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
