import { useEffect, useRef, useState } from 'react';
import type { Generation } from '#contract/generation.ts';
import { isolated } from '#domain/text/isolated.ts';
import { generationCardText } from '../generation-card-text.ts';
import { useLiveGenerations } from '../api/use-live-generations.ts';

/** Announces each change of a generation's stage to screen readers, once and politely. Elapsed time and queue position are not announced. */
export function Announcer() {
  const { byId } = useLiveGenerations();
  const before = useRef<typeof byId>(byId);
  const [announcement, setAnnouncement] = useState('');
  useEffect(() => {
    const changed = Object.values(byId).filter((now) => {
      const was = before.current[now.id];
      return was !== undefined && (was.status !== now.status || was.stage !== now.stage);
    });
    before.current = byId;
    if (changed.length > 0) setAnnouncement(changed.map(sentence).join(' '));
  }, [byId]);
  return (
    <p role="status" className="sr-only">
      {announcement}
    </p>
  );
}

function sentence(generation: Generation): string {
  const { summary, detail, detailTone } = generationCardText(generation);
  return `${isolated(generation.name)}: ${summary}${detailTone === 'good' && detail ? `, ${detail}` : ''}.`;
}
