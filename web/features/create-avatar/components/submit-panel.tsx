import { Button } from '#web/components/button.tsx';
import { ModEnterHint } from '#web/components/mod-enter-hint.tsx';
import { counted, formatCount } from '#web/format/count.ts';
import { type Cost, missingCreditsText } from '../cost.ts';

interface SubmitPanelProps {
  readonly cost: Cost;
  readonly sending: boolean;
  /** Why it was not made, after trying. */
  readonly problem: string | undefined;
}

/** What it costs and the button that pays. Short of credits the button says how many are missing, and stays readable and focusable. */
export function SubmitPanel({ cost, sending: generation, problem }: SubmitPanelProps) {
  const short = cost.missing > 0;
  const several = cost.count > 1;
  const noun = several ? `${cost.count} avatars` : 'the avatar';
  return (
    <div className="grid gap-3 border-t border-line pt-3">
      {problem && (
        <p role="alert" className="text-13 text-bad">
          {problem}
        </p>
      )}
      <p className="flex justify-between">
        <span className="mono">
          {cost.count > 1 && `${cost.count} × ${cost.each} = `}
          {counted(cost.price, 'credit')}
        </span>
        {cost.left !== undefined && (
          <span className="mono text-ink-3">
            {short ? `${formatCount(cost.price - cost.missing)} there` : `${formatCount(cost.left)} left`}
          </span>
        )}
      </p>
      <Button type="submit" tone="go" size="large" aria-disabled={short || generation || undefined}>
        {short
          ? missingCreditsText(cost.missing)
          : generation
            ? `Making ${noun}`
            : several
              ? `Make ${cost.count} avatars`
              : 'Make avatar'}
        {!short && !generation && <ModEnterHint />}
      </Button>
    </div>
  );
}
