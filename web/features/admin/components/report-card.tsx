import { EyeOff, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { toast } from 'sonner';
import type { ReportItem, TakedownItem } from '#contract/report.ts';
import { REPORT_LIMITS } from '#domain/moderation/report.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { REPORT_KIND_LABELS } from '#web/features/reports/report-kind-labels.ts';
import { formatMoment } from '#web/format/moment.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useReportDecision } from '../api/use-reports.ts';
import { CoveredImage } from './covered-image.tsx';
import { LINK_CLASS } from './link-class.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** A reported avatar, what the reporter states, and the buttons that decide. */
export function ReportCard({ item }: { readonly item: ReportItem }) {
  const [open, setOpen] = useState(false);
  const { dismiss, takedown } = useReportDecision(item.avatarId);
  const busy = dismiss.isPending || takedown.isPending;
  const onTakedown = (reason: string) =>
    takedown.mutate(reason, {
      onSuccess: () => {
        setOpen(false);
        toast(`${isolated(item.name)} is taken down`);
      },
    });
  return (
    <AvatarCard item={item} note={`reported ${formatMoment(item.createdAt)}`}>
      <p className="font-strong">{REPORT_KIND_LABELS[item.kind]}</p>
      <p dir="auto" className="max-w-prose whitespace-pre-line text-ink-2">
        {item.statement}
      </p>
      <Links item={item}>
        {item.reporterId === null ? (
          <span className="text-ink-3">Sent by a visitor with a shared link</span>
        ) : (
          <Link to={`/admin/accounts/${item.reporterId}`} className={LINK_CLASS}>
            View reporter
          </Link>
        )}
      </Links>
      <div className="flex flex-wrap gap-2">
        <Button aria-label={`Take down ${isolated(item.name)}`} disabled={busy} onClick={() => setOpen(true)}>
          <EyeOff size={16} strokeWidth={1.5} aria-hidden="true" /> Take down
        </Button>
        <Button
          aria-label={`Dismiss the report of ${isolated(item.name)}`}
          disabled={busy}
          onClick={() =>
            dismiss.mutate(item.id, {
              onSuccess: () => void toast('The report is dismissed'),
              onError: (error) => void toast.error(messageOf(error)),
            })
          }
        >
          <X size={16} strokeWidth={1.5} aria-hidden="true" /> Dismiss
        </Button>
      </div>
      {open && (
        <ReasonDialog
          title="Take the avatar down"
          sentence="Its image is hidden from everybody but administrators until it is restored. The user is notified."
          label="Reason (told to the user)"
          required
          missing="Enter a reason. The user reads it."
          maxLength={REPORT_LIMITS.reasonMaxLength}
          submit="Take down"
          busy={takedown.isPending}
          error={takedown.error ? messageOf(takedown.error) : undefined}
          onSubmit={onTakedown}
          onClose={() => setOpen(false)}
        />
      )}
    </AvatarCard>
  );
}

/** An avatar that is taken down. */
export function TakedownCard({ item }: { readonly item: TakedownItem }) {
  const { restore } = useReportDecision(item.avatarId);
  return (
    <AvatarCard item={item} note={`taken down ${formatMoment(item.takenDownAt)}`}>
      <p dir="auto" className="max-w-prose text-ink-2">
        {item.reason}
      </p>
      <Links item={item} />
      <Button
        className="justify-self-start"
        aria-label={`Restore ${isolated(item.name)}`}
        disabled={restore.isPending}
        onClick={() =>
          restore.mutate(undefined, {
            onSuccess: () => void toast(`${isolated(item.name)} is shown again`),
            onError: (error) => void toast.error(messageOf(error)),
          })
        }
      >
        Restore
      </Button>
    </AvatarCard>
  );
}

interface LinksProps {
  readonly item: Pick<ReportItem, 'accountId' | 'generationId'>;
  readonly children?: ReactNode;
}

function Links({ item, children }: LinksProps) {
  return (
    <p className="flex flex-wrap gap-x-4 text-13">
      {children}
      <Link to={`/admin/accounts/${item.accountId}`} className={LINK_CLASS}>
        View account
      </Link>
      <Link to={`/admin/generations/${item.generationId}`} className={LINK_CLASS}>
        Details
      </Link>
    </p>
  );
}

interface AvatarCardProps {
  readonly item: Pick<ReportItem, 'name' | 'imageUrl'>;
  readonly note: string;
  readonly children: ReactNode;
}

function AvatarCard({ item, note, children }: AvatarCardProps) {
  return (
    <article
      aria-label={item.name}
      className="grid gap-4 border-b border-line py-5 sm:grid-cols-[240px_minmax(0,1fr)] sm:gap-6"
    >
      <CoveredImage src={item.imageUrl} alt={item.name} />
      <div className="grid min-w-0 content-start gap-3">
        <header>
          <h3 className="truncate text-16" title={item.name}>
            <bdi>{item.name}</bdi>
          </h3>
          <p className="text-13 text-ink-3">{note}</p>
        </header>
        {children}
      </div>
    </article>
  );
}
