import { messageOf } from '../http/request-failed.ts';
import { Button } from './button.tsx';
import { ObjectToRefusal } from './object-to-refusal.tsx';

export interface FormFooterProps {
  readonly error: unknown;
  readonly pending: boolean;
  readonly action: string;
  /** The label of the button while the request is pending. */
  readonly pendingLabel: string;
}

/** The end of a dialog's form: the error of the last request, and the submit button. */
export function FormFooter({ error, pending, action, pendingLabel }: FormFooterProps) {
  return (
    <>
      <FormError error={error} />
      <Button type="submit" tone="go" size="large" disabled={pending}>
        {pending ? pendingLabel : action}
      </Button>
    </>
  );
}

/** The error of a form's last request, if it failed, and the way to object to it. */
export function FormError({ error }: { readonly error: unknown }) {
  if (!error) return null;
  return (
    <>
      <p role="alert" className="text-13 text-bad">
        {messageOf(error)}
      </p>
      <ObjectToRefusal error={error} />
    </>
  );
}
