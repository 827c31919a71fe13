import { Search } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { FIELD_CLASS } from '#web/components/field.tsx';

interface IdFormProps {
  readonly label: string;
  readonly submit: string;
  readonly initial?: string;
  readonly onSubmit: (id: string) => void;
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/iu;

/** Finds the id in pasted text: a bare id, a URL or a log entry. */
export function IdForm({ label, submit, initial = '', onSubmit }: IdFormProps) {
  const id = useId();
  const [text, setText] = useState(initial);
  const [invalid, setInvalid] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const found = ID.exec(text)?.[0];
    setInvalid(found === undefined);
    if (found) onSubmit(found.toLowerCase());
  };
  return (
    <form noValidate onSubmit={send} className="grid max-w-xl gap-2">
      <label htmlFor={id} className="text-13 font-strong">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          data-search=""
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={invalid}
          aria-describedby={invalid ? `${id}-error` : undefined}
          className={`${FIELD_CLASS} mono min-w-0`}
        />
        <Button type="submit" size="large">
          <Search size={16} strokeWidth={1.5} aria-hidden="true" /> {submit}
        </Button>
      </div>
      {invalid && (
        <p id={`${id}-error`} role="alert" className="text-13 text-bad">
          No id found. An id looks like 0198c0de-0000-7000-8000-000000000001.
        </p>
      )}
    </form>
  );
}
