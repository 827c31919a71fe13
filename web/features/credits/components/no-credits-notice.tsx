import type { Credits } from '#contract/credits.ts';
import type { Prices } from '#domain/generation/pricing.ts';
import { Button } from '#web/components/button.tsx';
import { copyText } from '#web/components/copy-text.ts';
import { counted, formatCount } from '#web/format/count.ts';

interface NoCreditsNoticeProps {
  /** Undefined while loading. */
  readonly credits: Credits | undefined;
  readonly prices: Prices;
  readonly accountId: string | undefined;
}

/** Where more credits come from, for a user who has too few for even the cheapest avatar; the studio itself sells none. */
export function NoCreditsNotice({ credits, prices, accountId }: NoCreditsNoticeProps) {
  const cheapest = Math.min(...Object.values(prices));
  if (!credits || !accountId || credits.available >= cheapest) return null;
  const { available, held } = credits;
  return (
    <div role="note" className="mb-4 grid justify-items-start gap-2 rounded-control bg-sunken p-3 text-13">
      <p className="text-pretty">
        You have {available === 0 ? 'no credits' : counted(available, 'credit')} to spend, and an avatar costs at least{' '}
        {formatCount(cheapest)}. Credits are added by the app that you pay, or by an administrator of this studio, who
        finds you by your account id.
        {held > 0 &&
          ` Another ${formatCount(held)} are held for generations in progress: what is not delivered is returned.`}{' '}
        Your avatars remain yours to open, edit and download.
      </p>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="mono break-all">{accountId}</span>
        <Button size="small" onClick={() => copyText(accountId, 'Account id copied')}>
          Copy account id
        </Button>
      </p>
    </div>
  );
}
