import { useEffect, useEffectEvent, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { toast } from 'sonner';
import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { isolated } from '#domain/text/isolated.ts';
import { useLiveGenerations } from '../api/use-live-generations.ts';
import { showsCard } from '../shows-card.ts';
import { generationCardText } from '../generation-card-text.ts';

/** Shows a toast when a generation ends whose card is not on screen. */
export function FinishedToasts() {
  const { byId } = useLiveGenerations();
  const before = useRef(byId);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const notify = useEffectEvent((generation: Generation) => {
    const project = generation.projectId === null ? '/projects' : `/projects/${generation.projectId}`;
    if (showsCard(pathname, generation) || generation.status === 'cancelled') return;
    const show = { label: 'Show', onClick: () => navigate(project) };
    if (generation.status === 'completed') toast(`${isolated(generation.name)} is done`, { action: show });
    else {
      const { summary, detail } = generationCardText(generation);
      toast.error(`${isolated(generation.name)}: ${summary}`, { description: detail, action: show });
    }
  });
  useEffect(() => {
    for (const now of Object.values(byId)) {
      const was = before.current[now.id];
      if (was && !isFinal(was.status) && isFinal(now.status)) notify(now);
    }
    before.current = byId;
  }, [byId]);
  return null;
}
