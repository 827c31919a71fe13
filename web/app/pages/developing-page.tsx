import { BlankState } from '../../components/blank-state.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useProfile } from '../../features/account/api/use-me.ts';
import { useLiveGenerations } from '../../features/generations/api/use-live-generations.ts';
import { batchesUnderWay } from '../../features/generations/batches.ts';
import { BatchList } from '../../features/generations/components/batch-list.tsx';
import { InProgressStrip } from '../../features/generations/components/developing-strip.tsx';
import { RecentList } from '../../features/generations/components/recent-list.tsx';
import { useInProgress } from '../../features/generations/hooks/use-developing.ts';
import { recentlyEnded } from '../../features/generations/recent.ts';
import { useQueue } from '../../features/queue/api/use-queue.ts';
import { StudioQueue } from '../../features/queue/components/studio-queue.tsx';

/** Everything under way over all projects, what ended lately, and how busy the studio is. */
export function QueuePage() {
  const inProgress = useInProgress();
  const { byId } = useLiveGenerations();
  const profile = useProfile();
  const queue = useQueue(inProgress.cards.map(({ id, status }) => `${id} ${status}`).join());
  const recent = recentlyEnded(byId, inProgress.cards);
  const operator = profile?.role === 'admin';
  return (
    <>
      <PageTitle title="Developing" />
      <h1 className="mb-2 flex min-h-11 items-center text-20 tracking-[-0.012em]">In the darkroom</h1>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <StudioQueue queue={queue.data} tier={profile?.tier} />
        <BatchList batches={batchesUnderWay(byId)} />
        <InProgressStrip inProgress={inProgress} mayRaise={operator} showAll />
        <RecentList generations={recent} operator={operator} />
      </div>
      {inProgress.cards.length === 0 && recent.length === 0 && (
        <BlankState
          sentence="Nothing is developing."
          action={<ButtonLink to="/projects">Show my projects</ButtonLink>}
        />
      )}
    </>
  );
}
