import type { Profile } from '#contract/profile.ts';
import type { WithheldReason } from '#domain/account/starter-credits.ts';
import { upcoming } from '#domain/generation/refusal-message.ts';
import { counted } from '#web/format/count.ts';
import { useNowAt } from '#web/hooks/use-now-at.ts';

const REASONS: Readonly<Record<WithheldReason, string>> = {
  network: 'many new accounts share your network',
  device: 'other accounts of this device have had some',
  address: 'another account with your verified address has had some',
};

interface StarterNoticeProps {
  /** Undefined while loading. */
  readonly starterCredits: Profile['starterCredits'] | undefined;
}

/** Why the starter credits have not been given yet, and when they will be. */
export function StarterNotice({ starterCredits }: StarterNoticeProps) {
  const now = useNowAt(starterCredits?.retryAt ?? null);
  if (!starterCredits) return null;
  const { amount, reason, retryAt } = starterCredits;
  return (
    <p role="note" className="mb-4 rounded-control bg-sunken p-3 text-13 text-pretty">
      Your {counted(amount, 'starter credit')} have not been given yet, because {REASONS[reason]}.{' '}
      {reason === 'address' ? 'Starter credits are given once per person.' : adviceFor(retryAt, now)}
    </p>
  );
}

function adviceFor(retryAt: string | null, now: Date): string {
  const verified = 'Starter credits are given after your address is verified where you sign in';
  if (retryAt === null) return `${verified}.`;
  const at = new Date(retryAt);
  return `${verified}, or come back ${at <= now ? 'in a moment' : upcoming(at, now)}: they are given then if there is room.`;
}
