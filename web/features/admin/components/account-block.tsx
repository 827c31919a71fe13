import { useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { counted } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { type AdminAccount, useAccountBlock } from '../api/use-admin-account.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** Whether the account is blocked, and the button that changes it after a confirmation. */
export function AccountBlock({ account }: { readonly account: AdminAccount }) {
  const block = useAccountBlock(account.id);
  const [asking, setAsking] = useState(false);
  const { blockedAt } = account;
  if (account.erased) return null;
  const action = blockedAt === null ? 'Block account' : 'Unblock account';
  const change = (reason: string) =>
    block.mutate({ blocked: blockedAt === null, reason }, { onSuccess: () => setAsking(false) });
  return (
    <section
      aria-label="Access"
      className="flex flex-wrap items-center justify-between gap-3 border-y border-line py-3"
    >
      <p className="text-13" role="status">
        <span className="font-strong">
          {blockedAt === null ? 'Not blocked.' : `Blocked since ${formatMoment(blockedAt)}.`}
        </span>{' '}
        <span className="text-ink-2">
          {block.data && blockedAt !== null && `${counted(block.data.cancelled, 'generation')} cancelled. `}
          {block.data && block.data.notReached > 0
            ? `${counted(block.data.notReached, 'generation')} not reached: cancel them again.`
            : 'A block ends its sessions, API keys and streams within a second.'}
        </span>
      </p>
      <Button size="small" onClick={() => setAsking(true)}>
        {action}
      </Button>
      {asking && (
        <ReasonDialog
          title={action}
          sentence={
            blockedAt === null
              ? 'Its requests are refused from now on, and its unfinished generations are cancelled; their credits are returned. The user is not told the reason.'
              : 'Its user and API keys can use the studio again.'
          }
          label="Reason"
          required
          missing="Enter a reason. It is recorded in the audit log."
          submit={action}
          busy={block.isPending}
          error={block.isError ? messageOf(block.error) : undefined}
          onSubmit={change}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
