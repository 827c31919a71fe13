import type { ReactNode } from 'react';

interface BlankStateProps {
  readonly sentence: string;
  /** The button for the next step. */
  readonly action?: ReactNode;
}

const FRAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** An empty list or page: one sentence and one button. */
export function BlankState({ sentence, action }: BlankStateProps) {
  return (
    <div className="grid min-h-[56vh] content-center justify-items-center gap-5 text-center">
      <div aria-hidden="true" className="grid grid-cols-3 gap-2">
        {FRAMES.map((frame) => (
          <i key={frame} className="size-14 rounded-control border border-dashed border-edge" />
        ))}
      </div>
      <p className="text-ink-2">{sentence}</p>
      {action}
    </div>
  );
}
