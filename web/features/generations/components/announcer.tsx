import { useEffect, useRef, useState } from 'react';
import type { Generation } from '#contract/generation.ts';
import { describeGeneration } from '../describe-generation.ts';
import { useLiveGenerations } from '../api/use-live-generations.ts';

/** Tells screen readers when a generation changes its stage: once each, politely, and never the seconds or the place in queue. */
export function Announcer() {
  const { byId } = useLiveGenerations();
  const before = useRef<typeof byId>(byId);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const news = Object.values(byId).filter((now) => {
      const was = before.current[now.id];
      return was !== undefined && (was.status !== now.status || was.stage !== now.stage);
    });
    before.current = byId;
    if (news.length > 0) setSaid(news.map(sentence).join(' '));
  }, [byId]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}

function sentence(generation: Generation): string {
  const { summary: line, detail, detailTone } = describeGeneration(generation);
  return `${generation.name}: ${line}${detailTone === 'good' && detail ? `, ${detail}` : ''}.`;
}
