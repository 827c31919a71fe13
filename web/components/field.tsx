import type { ComponentProps, ReactNode } from 'react';

export const FIELD_CLASS =
  'w-full rounded-control border border-edge bg-raised px-3 py-2.5 text-ink focus-visible:-outline-offset-1 aria-invalid:border-bad min-h-(--control)';

interface FieldProps {
  readonly label: string;
  readonly id: string;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** A labeled control with its error message. The control needs `aria-describedby={`${id}-error`}`. */
export function Field({ label, id, error, children }: FieldProps) {
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-13 font-strong">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-13 text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = Omit<FieldProps, 'children'> & Omit<ComponentProps<'input'>, 'id' | 'className'>;

/** A labeled text input with its error message. */
export function TextField({ label, id, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} id={id} error={error}>
      <input
        autoComplete="off"
        {...input}
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-error`}
        className={FIELD_CLASS}
      />
    </Field>
  );
}
