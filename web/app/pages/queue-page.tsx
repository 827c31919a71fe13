import type { Avatar } from '#contract/avatar.ts';
import { BlankState } from '#web/components/blank-state.tsx';
import { ButtonLink } from '#web/components/button.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { ResultActions } from '#web/features/avatars/components/result-actions.tsx';
import { useLiveGenerations } from '#web/features/generations/api/use-live-generations.ts';
import { activeBatches } from '#web/features/generations/batches.ts';
import { BatchList } from '#web/features/generations/components/batch-list.tsx';
import { InProgressStrip } from '#web/features/generations/components/in-progress-strip.tsx';
import { RecentList } from '#web/features/generations/components/recent-list.tsx';
import { useInProgress } from '#web/features/generations/hooks/use-in-progress.ts';
import { recentlyEnded } from '#web/features/generations/recently-ended.ts';
import { useQueue } from '#web/features/queue/api/use-queue.ts';
import { StudioQueue } from '#web/features/queue/components/studio-queue.tsx';

const resultActions = (avatar: Avatar) => <ResultActions avatar={avatar} />;

/** The studio's queue, and the user's generations of all projects: in progress and recently ended. */
export function QueuePage() {
  const inProgress = useInProgress();
  const { byId } = useLiveGenerations();
  const profile = useProfile();
  const queue = useQueue(inProgress.cards.map(({ id, status }) => `${id} ${status}`).join());
  const recent = recentlyEnded(byId, inProgress.cards);
  const isAdmin = profile?.role === 'admin';
  return (
    <>
      <PageTitle title="Queue" />
      <h1 className="mb-2 flex min-h-11 items-center text-20 tracking-[-0.012em]">Queue</h1>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <StudioQueue queue={queue.data} tier={profile?.tier} />
        <BatchList batches={activeBatches(byId)} />
        <InProgressStrip inProgress={inProgress} mayRaise={isAdmin} resultActions={resultActions} showAll />
        <RecentList generations={recent} isAdmin={isAdmin} resultActions={resultActions} />
      </div>
      {inProgress.cards.length === 0 && recent.length === 0 && (
        <BlankState
          sentence="Nothing is in progress."
          action={<ButtonLink to="/projects">Show my projects</ButtonLink>}
        />
      )}
    </>
  );
}
