import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { OBJECTION_LIMITS } from '#domain/moderation/objection.ts';
import { fits } from '#domain/text/characters.ts';
import { useHttp } from '../http/http-context.ts';
import { messageOf } from '../http/request-failed.ts';
import { refusedTextsOf, type RefusedTexts } from '../http/refused-texts.ts';
import { Button } from './button.tsx';
import { Field, FIELD_CLASS } from './field.tsx';
import { LengthNote } from './length-note.tsx';

/** Below the message of a refused text: lets the user object. Nothing for any other error. */
export function ObjectToRefusal({ error }: { readonly error: unknown }) {
  const refused = refusedTextsOf(error);
  // Another refused text is another objection.
  return refused && <Objection key={JSON.stringify(refused)} refused={refused} />;
}

/** The button that opened the field is gone, and with it the focus. */
function focusOnOpen(field: HTMLTextAreaElement | null): void {
  field?.focus();
}

function Objection({ refused }: { readonly refused: RefusedTexts }) {
  const id = useId();
  const http = useHttp();
  const [open, setOpen] = useState(false);
  const [comment, setComment] = useState('');
  const objection = useMutation({
    mutationFn: () => {
      const trimmed = comment.trim();
      return http.post('/objections', { body: { ...refused, ...(trimmed !== '' && { comment: trimmed }) } });
    },
  });
  if (objection.isSuccess) {
    return (
      <p role="status" className="text-13 text-ink-2">
        {objection.data.decision === 'refused'
          ? 'An administrator has already confirmed that this text is refused.'
          : 'An administrator will read your objection. You will be notified.'}
      </p>
    );
  }
  if (!open) {
    return (
      <Button size="small" className="self-start justify-self-start" onClick={() => setOpen(true)}>
        Object to this refusal
      </Button>
    );
  }
  const error = objection.error ? messageOf(objection.error) : undefined;
  return (
    <div role="group" aria-label="Objection" className="grid gap-3">
      <Field label="Why should it be allowed? (optional)" id={id} error={error}>
        <textarea
          id={id}
          ref={focusOnOpen}
          rows={2}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          aria-describedby={`${id}-error`}
          className={FIELD_CLASS}
        />
        <LengthNote text={comment} max={OBJECTION_LIMITS.commentMaxLength} />
      </Field>
      <Button
        size="small"
        className="justify-self-start"
        disabled={objection.isPending || !fits(comment, OBJECTION_LIMITS.commentMaxLength)}
        onClick={() => objection.mutate()}
      >
        Send objection
      </Button>
    </div>
  );
}
