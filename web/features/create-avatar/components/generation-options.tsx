import { Dices, Lock, LockOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { ASPECT_RATIOS } from '#domain/generation/image.ts';
import type { PromptPreview } from '#contract/prompt.ts';
import { Button } from '#web/components/button.tsx';
import { cx } from '#web/components/class-names.ts';
import { CountStepper } from '#web/components/generation-options/count-stepper.tsx';
import { ModelSelect } from '#web/components/generation-options/model-select.tsx';
import { OptimizeForChoice } from '#web/components/generation-options/optimize-for-choice.tsx';
import { QualityChoice } from '#web/components/generation-options/quality-choice.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatEstimate } from '#web/format/duration.ts';
import { useConfiguredProviders, useOnlyOffered } from '../hooks/use-configured-providers.ts';
import { qualityNote } from '../quality-note.ts';
import { rollSeed } from '../draft.ts';
import type { CreateAvatarForm } from '../hooks/use-create-avatar-form.ts';
import { seedOf } from '../request.ts';

interface GenerationOptionsProps {
  readonly form: CreateAvatarForm;
  readonly plan: PromptPreview['plan'] | undefined;
}

/** Image count, aspect ratio, quality, seed, and model. */
export function GenerationOptions({ form, plan }: GenerationOptionsProps) {
  const { control } = form;
  const configured = useConfiguredProviders();
  useOnlyOffered(form);
  const { field: aspect } = useController({ control, name: 'aspectRatio' });
  const { field: quality } = useController({ control, name: 'quality' });
  const { field: provider } = useController({ control, name: 'provider' });
  const { field: optimizeFor } = useController({ control, name: 'optimizeFor' });
  const { field: count } = useController({ control, name: 'count' });
  return (
    <div className="grid gap-2 border-t border-line pt-4 text-13">
      <Row label="Images">
        <CountStepper value={count.value} onChange={count.onChange} />
      </Row>
      <Row label="Aspect">
        <Segmented
          compact
          label="Aspect"
          options={ASPECT_RATIOS.map((value) => ({ value, label: value }))}
          value={aspect.value}
          onChange={aspect.onChange}
        />
      </Row>
      <Row label="Quality">
        <QualityChoice value={quality.value} onChange={quality.onChange} />
      </Row>
      <p className="-mt-1 text-right text-12 text-ink-3">{qualityNote(quality.value, plan?.[0])}</p>
      <Row label="Seed">
        <SeedRow form={form} />
      </Row>
      <Row label="Model">
        <ModelSelect configured={configured} value={provider.value} onChange={provider.onChange} />
      </Row>
      <Row label="Optimize for">
        <OptimizeForChoice value={optimizeFor.value} onChange={optimizeFor.onChange} />
      </Row>
      <ProviderPlan plan={plan} />
    </div>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-3">
      <span className="shrink-0 text-ink-2">{label}</span>
      <span className="flex min-w-0 items-center justify-end gap-1">{children}</span>
    </div>
  );
}

function SeedRow({ form }: { readonly form: CreateAvatarForm }) {
  const { field: seed } = useController({ control: form.control, name: 'seed' });
  const { field: locked } = useController({ control: form.control, name: 'seedLocked' });
  const requestSeed = seedOf(form.watch());
  return (
    <>
      <output className={cx('text-ink-2', requestSeed !== undefined && 'mono')} aria-label="Seed">
        {requestSeed === undefined ? 'near the image’s' : formatCount(requestSeed)}
      </output>
      <Button
        tone="bare"
        size="small"
        icon
        aria-label="Lock the seed"
        aria-pressed={locked.value}
        title={locked.value ? 'Reused for the next avatar' : 'A new seed for each avatar'}
        onClick={() => {
          if (!locked.value && requestSeed !== undefined) seed.onChange(requestSeed);
          locked.onChange(!locked.value);
        }}
      >
        {locked.value ? (
          <Lock size={16} strokeWidth={1.5} aria-hidden="true" />
        ) : (
          <LockOpen size={16} strokeWidth={1.5} aria-hidden="true" />
        )}
      </Button>
      <Button
        tone="bare"
        size="small"
        icon
        className="-mr-2"
        aria-label="Another seed"
        disabled={locked.value || requestSeed !== seed.value}
        onClick={() => seed.onChange(rollSeed())}
      >
        <Dices size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
    </>
  );
}

/** The first model with its typical time, and the fallbacks. Two lines high even while the plan is unknown. */
function ProviderPlan({ plan }: { readonly plan?: PromptPreview['plan'] | undefined }) {
  const [first, ...others] = plan ?? [];
  const limited = plan?.find(({ limit }) => limit === 'colors_only');
  const fallbacks = [...new Set(others.map(({ model }) => model))].filter((model) => model !== first?.model);
  return (
    <p className="min-h-9 text-right text-12 leading-tight text-pretty text-ink-3">
      {first && (
        <>
          <span className="text-ink-2">{first.model}</span>, {formatEstimate(first.typicalSeconds)}
          {limited && <span className="block text-ink-2">{limited.model} takes only the colors of the image</span>}
          {fallbacks.length > 0 && <span className="block">Falls back to {fallbacks.slice(0, 2).join(', then ')}</span>}
        </>
      )}
    </p>
  );
}
