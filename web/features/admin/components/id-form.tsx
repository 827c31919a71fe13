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

/** Takes an id out of whatever was pasted: a bare id, an address, a line of a log. */
export function IdForm({ label, submit, initial = '', onSubmit }: IdFormProps) {
  const id = useId();
  const [written, setWritten] = useState(initial);
  const [wrong, setWrong] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const found = ID.exec(written)?.[0];
    setWrong(found === undefined);
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
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-error` : undefined}
          className={`${FIELD_CLASS} mono min-w-0`}
        />
        <Button type="submit" size="large">
          <Search size={16} strokeWidth={1.5} aria-hidden="true" /> {submit}
        </Button>
      </div>
      {wrong && (
        <p id={`${id}-error`} role="alert" className="text-13 text-bad">
          There is no id in this. An id looks like 0198c0de-0000-7000-8000-000000000001.
        </p>
      )}
    </form>
  );
}
