import { ArrowRight, RotateCcw } from 'lucide-react';
import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { useLiveGenerations } from '../api/use-live-generations.ts';

interface RetryActionProps {
  readonly generation: Generation;
  readonly retrying: boolean;
  readonly tone: 'plain' | 'bare';
  /** Says where there is room for the icon. */
  readonly iconClassName: string;
  readonly onRetry: () => void;
}

/** The button that retries a failed or cancelled generation; once it was retried, from any device, a link to its successor instead. */
export function RetryAction({ generation, retrying, tone, iconClassName, onRetry }: RetryActionProps) {
  const { byId } = useLiveGenerations();
  const { name, retriedAs } = generation;
  const icon = { size: 16, strokeWidth: 1.5, 'aria-hidden': true, className: iconClassName } as const;
  if (retriedAs !== null) {
    const text = successorText(byId[retriedAs]);
    return (
      <ButtonLink tone={tone} size="small" to={`/generations/${retriedAs}`} aria-label={`${text}: ${isolated(name)}`}>
        <ArrowRight {...icon} /> {text}
      </ButtonLink>
    );
  }
  return (
    <Button tone={tone} size="small" aria-label={`Retry ${isolated(name)}`} disabled={retrying} onClick={onRetry}>
      <RotateCcw {...icon} /> {retrying ? 'Retrying' : 'Retry'}
    </Button>
  );
}

/** @param successor undefined if it ended more than a day ago */
function successorText(successor: Generation | undefined): string {
  if (successor === undefined) return 'Retried';
  if (!isFinal(successor.status)) return 'Being generated again';
  if (successor.status === 'completed') return 'Generated again';
  return successor.status === 'failed' ? 'Failed again' : 'Retry cancelled';
}
