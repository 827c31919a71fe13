import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { toast } from 'sonner';
import type { ReviewItem } from '#contract/moderation.ts';
import { Button } from '#web/components/button.tsx';
import { counted } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useReviewDecision } from '../api/use-review-queue.ts';
import { CoveredImage } from './covered-image.tsx';
import { LINK_CLASS } from './link-class.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { Scores } from './scores.tsx';

interface ReviewCardProps {
  readonly item: ReviewItem;
  readonly onBroken: () => void;
}

/** One image in doubt, what is known of it, and the two outcomes. */
export function ReviewCard({ item, onBroken }: ReviewCardProps) {
  const [rejecting, setRejecting] = useState(false);
  const { approve, reject } = useReviewDecision(item.avatarId);
  const busy = approve.isPending || reject.isPending;
  const onApprove = () =>
    approve.mutate(undefined, {
      onSuccess: () => void toast(`${item.name} is shown to its owner`),
      onError: (error) => void toast.error(messageOf(error)),
    });
  const onReject = (reason: string) =>
    reject.mutate(reason, {
      onSuccess: ({ creditsReturned }) => {
        setRejecting(false);
        toast(`${item.name} is removed`, {
          description: `${counted(creditsReturned, 'credit')} returned to its owner`,
        });
      },
    });
  return (
    <article
      aria-label={item.name}
      className="grid gap-4 border-b border-line py-5 sm:grid-cols-[240px_minmax(0,1fr)] sm:gap-6"
    >
      <CoveredImage src={item.imageUrl} alt={item.name} onBroken={onBroken} />
      <div className="grid min-w-0 content-start gap-4">
        <header>
          <h3 className="truncate text-16" title={item.name}>
            <bdi>{item.name}</bdi>
          </h3>
          <p className="text-13 text-ink-3">
            waits since {formatMoment(item.createdAt)}
            {item.model && ` · painted by ${item.model}`}
          </p>
        </header>
        <p className="line-clamp-4 max-w-prose break-words text-ink-2" title={item.prompt ?? undefined}>
          <bdi>{item.prompt ?? 'An uploaded image: there is no prompt.'}</bdi>
        </p>
        <div className="max-w-sm">
          <Scores scores={item.scores} />
        </div>
        <p className="flex flex-wrap gap-x-4 text-13">
          <Link to={`/admin/accounts/${item.accountId}`} className={LINK_CLASS}>
            Its owner’s account
          </Link>
          <Link to={`/admin/generations/${item.generationId}`} className={LINK_CLASS}>
            How it was made
          </Link>
        </p>
        <div className="flex gap-2">
          <Button aria-label={`Approve ${item.name}`} disabled={busy} onClick={onApprove}>
            <Check size={16} strokeWidth={1.5} aria-hidden="true" /> Approve
          </Button>
          <Button aria-label={`Reject ${item.name}`} disabled={busy} onClick={() => setRejecting(true)}>
            <X size={16} strokeWidth={1.5} aria-hidden="true" /> Reject
          </Button>
        </div>
      </div>
      {rejecting && (
        <ReasonDialog
          title="Reject the image"
          sentence="The avatar is removed for good, its owner is told, and all that it cost is returned."
          label="Reason, kept with the credits (you may leave it out)"
          submit="Reject the image"
          busy={reject.isPending}
          error={reject.error ? messageOf(reject.error) : undefined}
          onSubmit={onReject}
          onClose={() => setRejecting(false)}
        />
      )}
    </article>
  );
}
