import { useState } from 'react';
import { ASSIGNABLE_TIERS, type AssignableTier, TIER_RULES } from '#domain/generation/tier.ts';
import { Picker } from '#web/components/picker.tsx';
import { formatCount } from '#web/format/count.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { type AdminAccount, useAccountTier } from '../api/use-admin-account.ts';
import { ReasonDialog } from './reason-dialog.tsx';

const SIGN_IN = 'sign-in';
const LABELS: Readonly<Record<AssignableTier, string>> = { free: 'Free', plus: 'Plus', pro: 'Pro' };
const CHOICES: readonly { readonly value: AssignableTier | typeof SIGN_IN; readonly label: string }[] = [
  { value: SIGN_IN, label: 'As the sign-in says' },
  ...ASSIGNABLE_TIERS.map((value) => ({ value, label: LABELS[value] })),
];

/** Who decides about the account's tier, and the choice of another one, which needs a reason. */
export function AccountTier({ account }: { readonly account: AdminAccount }) {
  const change = useAccountTier(account.id);
  const [chosen, setChosen] = useState<AssignableTier | typeof SIGN_IN>();
  if (account.erased || account.tier === 'service') return null;
  const send = (reason: string) =>
    change.mutate(
      { tier: chosen === SIGN_IN || chosen === undefined ? null : chosen, reason },
      { onSuccess: () => setChosen(undefined) },
    );
  return (
    <section aria-label="Tier" className="flex flex-wrap items-center justify-between gap-3 border-y border-line py-3">
      <p className="text-13" role="status">
        <span className="font-strong">Tier {LABELS[account.tier]}.</span>{' '}
        <span className="text-ink-2">
          {account.assignedTier === null
            ? 'It follows the user’s sign-in.'
            : 'An admin has set it; the user’s sign-in doesn’t change it.'}
        </span>
      </p>
      <Picker label="Tier" choices={CHOICES} value={account.assignedTier ?? SIGN_IN} onChange={setChosen} />
      {chosen !== undefined && chosen !== (account.assignedTier ?? SIGN_IN) && (
        <ReasonDialog
          title="Change tier"
          sentence={sentenceOf(chosen)}
          label="Reason"
          required
          missing="Enter a reason. It is recorded in the audit log."
          submit="Change tier"
          busy={change.isPending}
          error={change.isError ? messageOf(change.error) : undefined}
          onSubmit={send}
          onClose={() => setChosen(undefined)}
        />
      )}
    </section>
  );
}

function sentenceOf(tier: AssignableTier | typeof SIGN_IN): string {
  if (tier === SIGN_IN) return 'From the user’s next request on, the account has the tier of the sign-in again.';
  const { dailyGenerations, hourlyGenerations, unfinishedGenerations } = TIER_RULES[tier];
  return `From the next request on: ${formatCount(dailyGenerations)} generations a day, ${formatCount(hourlyGenerations)} an hour, ${formatCount(unfinishedGenerations)} in progress, and the priority of ${LABELS[tier]}. What is in the queue stays as it is.`;
}
