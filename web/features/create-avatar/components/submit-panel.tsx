import { Button } from '#web/components/button.tsx';
import { ModEnterHint } from '#web/components/mod-enter-hint.tsx';
import { AvailableCreditsLink } from '#web/components/available-credits-link.tsx';
import { counted, formatCount } from '#web/format/count.ts';
import { type Cost, missingCreditsText } from '../cost.ts';

interface SubmitPanelProps {
  readonly cost: Cost;
  readonly sending: boolean;
  /** Why the last attempt to start failed. */
  readonly problem: string | undefined;
}

/**
 * The cost and the submit button. With too few credits, the button says how many are missing and stays focusable, and the balance
 * leads to the credits page; the draft is kept.
 */
export function SubmitPanel({ cost, sending, problem }: SubmitPanelProps) {
  const insufficient = cost.missing > 0;
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
            {insufficient ? (
              <AvailableCreditsLink available={cost.price - cost.missing} />
            ) : (
              `${formatCount(cost.left)} left`
            )}
          </span>
        )}
      </p>
      <Button type="submit" tone="go" size="large" aria-disabled={insufficient || sending || undefined}>
        {insufficient
          ? missingCreditsText(cost.missing)
          : sending
            ? `Generating ${noun}`
            : several
              ? `Generate ${cost.count} avatars`
              : 'Generate avatar'}
        {!insufficient && !sending && <ModEnterHint />}
      </Button>
    </div>
  );
}
