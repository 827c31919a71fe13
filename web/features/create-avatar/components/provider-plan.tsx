import type { PromptPreview } from '#contract/prompt.ts';
import { formatEstimate } from '#web/format/duration.ts';

/** Who is asked first and what that takes, and who is asked when it fails. Keeps its two lines while nothing is known. */
export function ProviderPlan({ plan }: { readonly plan?: PromptPreview['plan'] | undefined }) {
  const [first, ...others] = plan ?? [];
  const then = [...new Set(others.map(({ model }) => model))].filter((model) => model !== first?.model);
  return (
    <p className="min-h-9 text-right text-12 leading-tight text-pretty text-ink-3">
      {first && (
        <>
          <span className="text-ink-2">{first.model}</span>, {formatEstimate(first.typicalSeconds)}
          {first.costUsd > 0 && (
            <>
              , <span className="num">${first.costUsd}</span> paid by the studio
            </>
          )}
          {then.length > 0 && <span className="block">Falls back to {then.slice(0, 2).join(', then ')}</span>}
        </>
      )}
    </p>
  );
}
