import { messageOf } from '../http/request-failed.ts';
import { Button } from './button.tsx';

interface FormFooterProps {
  readonly error: unknown;
  readonly pending: boolean;
  readonly action: string;
  /** The action while it goes on. */
  readonly pendingLabel: string;
}

/** How a dialog's form ends: why it was not taken, and the button that sends it. */
export function FormFooter({ error, pending, action, pendingLabel: acting }: FormFooterProps) {
  return (
    <>
      {Boolean(error) && (
        <p role="alert" className="text-13 text-bad">
          {messageOf(error)}
        </p>
      )}
      <Button type="submit" tone="go" size="large" disabled={pending}>
        {pending ? acting : action}
      </Button>
    </>
  );
}
