import { useState } from 'react';
import { useParams } from 'react-router';
import { API_BASE } from '#contract/route.ts';
import type { SharedAvatar } from '#contract/share.ts';
import { Button } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { originLabel } from '#web/features/avatars/avatar-labels.ts';
import { ReportSharedDialog } from '#web/features/reports/components/report-avatar-dialog.tsx';
import { useShared } from '#web/features/sharing/api/use-shares.ts';
import { formatMoment } from '#web/format/moment.ts';
import { RequestFailed } from '#web/http/request-failed.ts';
import { Brand } from '../shell/brand.tsx';
import { ThemeSwitch } from '../shell/theme-switch.tsx';

/** What a link shows to whoever has it, signed in or not. */
export function SharedAvatarPage() {
  const { token = '' } = useParams();
  const query = useShared(token);
  const isGone = query.error instanceof RequestFailed && query.error.code === 'not_found';
  return (
    <div className="mx-auto flex min-h-dvh max-w-(--content) flex-col px-(--gutter)">
      <meta name="robots" content="noindex, nofollow" />
      <header className="flex h-14 items-center justify-between">
        <Brand />
        <ThemeSwitch />
      </header>
      <main className="grid grow content-center justify-items-center py-8">
        {query.data && <Shared token={token} shared={query.data} />}
        {query.isPending && <span role="status" aria-label="Loading the avatar" className={IMAGE_CLASS} />}
        {isGone && <GoneView />}
        {query.isError && !isGone && <FailedRequest page error={query.error} onRetry={() => void query.refetch()} />}
      </main>
    </div>
  );
}

const IMAGE_CLASS = 'block aspect-square w-[min(560px,100%)] rounded-image bg-sunken object-contain';

function Shared({ token, shared }: { readonly token: string; readonly shared: SharedAvatar }) {
  const [reporting, setReporting] = useState(false);
  const { name, provenance, credit, width, height, expiresAt } = shared;
  const heading = name ?? 'Shared avatar';
  const origin = provenance
    ? [originLabel(provenance.digitalSourceType), provenance.creatorTool, formatMoment(provenance.createdAt)].join(
        ' · ',
      )
    : 'Uploaded image';
  return (
    <article className="grid w-full justify-items-center gap-4 text-center">
      <PageTitle title={heading} />
      <img
        src={`${API_BASE}/shared/${encodeURIComponent(token)}/image`}
        alt={heading}
        width={width}
        height={height}
        className={IMAGE_CLASS}
      />
      <h1 className="max-w-full text-20 wrap-anywhere">
        <bdi>{heading}</bdi>
      </h1>
      <p className="max-w-prose text-13 text-ink-2">{origin}</p>
      {credit && <p className="max-w-prose text-13 text-ink-3">Art by {credit}</p>}
      <p className="text-13 text-ink-3">This link ends {formatMoment(expiresAt)}.</p>
      <Button tone="bare" onClick={() => setReporting(true)}>
        Report this avatar
      </Button>
      {reporting && <ReportSharedDialog token={token} onClose={() => setReporting(false)} />}
    </article>
  );
}

function GoneView() {
  return (
    <div role="alert" className="grid justify-items-center gap-3 text-center">
      <PageTitle title="Link ended" />
      <h1 className="text-20">This link shows nothing</h1>
      <p className="max-w-prose text-pretty text-ink-2">
        It has ended, was revoked, or is not complete. Ask for a new one where you got it.
      </p>
    </div>
  );
}
