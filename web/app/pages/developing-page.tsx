import { BlankState } from '../../components/blank-state.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useMe } from '../../features/account/api/use-me.ts';
import { DevelopingStrip } from '../../features/generations/components/developing-strip.tsx';
import { useDeveloping } from '../../features/generations/hooks/use-developing.ts';

/** Everything under way, over all projects. */
export function DevelopingPage() {
  const developing = useDeveloping();
  const mayRaise = useMe()?.role === 'admin';
  return (
    <>
      <PageTitle title="Developing" />
      <h1 className="flex min-h-11 items-center text-20 tracking-[-0.012em]">In the darkroom</h1>
      <DevelopingStrip developing={developing} mayRaise={mayRaise} showAll />
      {developing.cards.length === 0 && (
        <BlankState
          sentence="Nothing is developing."
          action={<ButtonLink to="/projects">Show my projects</ButtonLink>}
        />
      )}
    </>
  );
}
