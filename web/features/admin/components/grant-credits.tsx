import { type FormEvent, useId, useState } from 'react';
import { GRANT_MAX } from '#domain/account/granted-credits.ts';
import { fits } from '#domain/text/characters.ts';
import { cleanText, isVisible } from '#domain/text/visible-text.ts';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS, TextField } from '#web/components/field.tsx';
import { LengthNote } from '#web/components/length-note.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { counted, formatCount } from '#web/format/count.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { type AdminAccount, useGrantCredits } from '../api/use-admin-account.ts';

const REASON_MAX_LENGTH = 200;

/** Adds credits to the account after the amount and a reason were given. */
export function GrantCredits({ account }: { readonly account: AdminAccount }) {
  const [asking, setAsking] = useState(false);
  const [granted, setGranted] = useState<number>();
  if (account.erased) return null;
  return (
    <section
      aria-label="Credits"
      className="flex flex-wrap items-center justify-between gap-3 border-y border-line py-3"
    >
      <p className="text-13" role="status">
        <span className="font-strong">{counted(account.credits.available, 'credit')} available.</span>{' '}
        <span className="text-ink-2">
          {granted === undefined
            ? 'A grant is recorded in the audit log.'
            : `${counted(granted, 'credit')} granted just now.`}
        </span>
      </p>
      <Button size="small" onClick={() => setAsking(true)}>
        Grant credits
      </Button>
      {asking && <GrantDialog account={account} onGranted={setGranted} onClose={() => setAsking(false)} />}
    </section>
  );
}

interface GrantDialogProps {
  readonly account: AdminAccount;
  readonly onGranted: (amount: number) => void;
  readonly onClose: () => void;
}

function GrantDialog({ account, onGranted, onClose }: GrantDialogProps) {
  const id = useId();
  const grant = useGrantCredits(account.id);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<{ readonly amount?: string; readonly reason?: string }>({});
  const send = (event: FormEvent) => {
    event.preventDefault();
    const credits = /^\d+$/u.test(amount.trim()) ? Number(amount) : 0;
    const typed = cleanText(reason);
    const wrong = {
      ...((credits < 1 || credits > GRANT_MAX) && { amount: `Enter a number from 1 to ${formatCount(GRANT_MAX)}.` }),
      ...(!isVisible(typed) && { reason: 'Enter a reason. It is recorded in the audit log.' }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0 || !fits(typed, REASON_MAX_LENGTH) || grant.isPending) return;
    const granted = () => {
      onGranted(credits);
      onClose();
    };
    grant.mutate({ amount: credits, reason: typed }, { onSuccess: granted });
  };
  const reasonError = errors.reason ?? (grant.isError ? messageOf(grant.error) : undefined);
  return (
    <Sheet title="Grant credits" open onClose={onClose}>
      <form noValidate onSubmit={send} className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <p className="text-pretty text-ink-2">
          The credits can be spent at once and can’t be taken back. The user sees them in the statement, without the
          reason.
        </p>
        <TextField
          label="Credits"
          id={`${id}-amount`}
          inputMode="numeric"
          value={amount}
          error={errors.amount}
          onChange={({ target }) => setAmount(target.value)}
        />
        <Field label="Reason" id={id} error={reasonError}>
          <textarea
            id={id}
            rows={3}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            aria-invalid={reasonError !== undefined}
            aria-describedby={reasonError ? `${id}-error` : undefined}
            className={FIELD_CLASS}
          />
          <LengthNote text={reason} max={REASON_MAX_LENGTH} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Go back</Button>
          <Button type="submit" tone="go" aria-disabled={grant.isPending}>
            Grant credits
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
