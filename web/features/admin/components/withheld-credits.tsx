import type { WithheldReason } from '#domain/account/starter-credits.ts';
import { Button } from '#web/components/button.tsx';
import { counted } from '#web/format/count.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { type AdminAccount, useGrantStarterCredits } from '../api/use-admin-account.ts';

const REASONS: Readonly<Record<WithheldReason, string>> = {
  network: 'Too many new accounts of its network have had some.',
  device: 'Other accounts of its device have had some.',
  address: 'Another account with its verified address has had some.',
};

/** The starter credits that the account has not got, and the button that grants them. */
export function WithheldCredits({ account }: { readonly account: AdminAccount }) {
  const grant = useGrantStarterCredits(account.id);
  if (account.starterCredits === null) return null;
  const { amount, reason } = account.starterCredits;
  return (
    <section
      aria-label="Starter credits"
      className="flex flex-wrap items-center justify-between gap-3 border-y border-line py-3"
    >
      <p className="text-13">
        <span className="font-strong">{counted(amount, 'starter credit')} withheld.</span>{' '}
        <span className="text-ink-2">{REASONS[reason]} The grant is recorded in the audit log.</span>
        {grant.isError && (
          <span role="alert" className="block text-bad">
            {messageOf(grant.error)}
          </span>
        )}
      </p>
      <Button size="small" disabled={grant.isPending} onClick={() => grant.mutate()}>
        Grant starter credits
      </Button>
    </section>
  );
}
