import { useEffect, useEffectEvent, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { toast } from 'sonner';
import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { useLiveGenerations } from '../api/use-live-generations.ts';
import { describeGeneration } from '../describe-generation.ts';

/** A word when something ends that nobody is looking at: its project is not the one on screen. */
export function FinishedToasts() {
  const { byId } = useLiveGenerations();
  const before = useRef(byId);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const tell = useEffectEvent((generation: Generation) => {
    const project = generation.projectId === null ? '/projects' : `/projects/${generation.projectId}`;
    const looking = pathname === '/queue' || (generation.projectId !== null && pathname.startsWith(project));
    if (looking || generation.status === 'cancelled') return;
    const show = { label: 'Show', onClick: () => navigate(project) };
    if (generation.status === 'completed') toast(`${generation.name} is done`, { action: show });
    else {
      const { summary: line, detail } = describeGeneration(generation);
      toast.error(`${generation.name}: ${line}`, { description: detail, action: show });
    }
  });
  useEffect(() => {
    for (const now of Object.values(byId)) {
      const was = before.current[now.id];
      if (was && !isFinal(was.status) && isFinal(now.status)) tell(now);
    }
    before.current = byId;
  }, [byId]);
  return null;
}
