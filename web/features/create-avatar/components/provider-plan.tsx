import type { PromptPreview } from '#contract/prompt.ts';
import { formatEstimate } from '#web/format/duration.ts';

/** The first model with its typical time, and the fallbacks. Two lines high even while the plan is unknown. */
export function ProviderPlan({ plan }: { readonly plan?: PromptPreview['plan'] | undefined }) {
  const [first, ...others] = plan ?? [];
  const fallbacks = [...new Set(others.map(({ model }) => model))].filter((model) => model !== first?.model);
  return (
    <p className="min-h-9 text-right text-12 leading-tight text-pretty text-ink-3">
      {first && (
        <>
          <span className="text-ink-2">{first.model}</span>, {about(first.typicalSeconds)}
          {fallbacks.length > 0 && <span className="block">Falls back to {fallbacks.slice(0, 2).join(', then ')}</span>}
        </>
      )}
    </p>
  );
}
