import { useId } from 'react';
import { useController } from 'react-hook-form';
import type { ReferenceMode } from '#domain/generation/mode.ts';
import { Segmented } from '#web/components/segmented.tsx';
import { formatPercent } from '#web/format/percent.ts';
import { modesOf, useConfiguredProviders } from '../hooks/use-configured-providers.ts';
import type { CreateAvatarForm } from '../hooks/use-create-avatar-form.ts';

const MODES: readonly { value: ReferenceMode; label: string; note: string }[] = [
  { value: 'reference', label: 'Use as reference', note: 'A new image of the same person.' },
  { value: 'variation', label: 'Create variation', note: 'A slightly different version of the image.' },
  { value: 'style', label: 'Restyle', note: 'The same image in another style.' },
];
const STRENGTH_STEP = 0.05;

/** How the reference image is used: what a configured model can do with it. */
export function ModeChoice({ form }: { readonly form: CreateAvatarForm }) {
  const { field: mode } = useController({ control: form.control, name: 'mode' });
  const { field: strength } = useController({ control: form.control, name: 'strength' });
  const modes = modesOf(useConfiguredProviders(), { reference: form.watch('reference') });
  const offered = MODES.filter(({ value }) => modes.includes(value));
  const slider = useId();
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Segmented compact label="Reference mode" options={offered} value={mode.value} onChange={mode.onChange} />
        <span className="text-13 text-ink-3">{MODES.find(({ value }) => value === mode.value)?.note}</span>
      </div>
      {mode.value === 'variation' && (
        <div className="flex min-h-11 items-center gap-3 text-13">
          <label htmlFor={slider} className="shrink-0 text-ink-2">
            Variation strength
          </label>
          <input
            id={slider}
            type="range"
            min={0}
            max={1}
            step={STRENGTH_STEP}
            value={strength.value}
            onChange={(event) => strength.onChange(Number(event.target.value))}
            aria-valuetext={`${Math.round(strength.value * 100)} percent`}
            className="h-11 min-w-0 flex-1 accent-ink"
          />
          <span aria-hidden="true" className="num w-10 text-right text-ink-3">
            {formatPercent(strength.value)}
          </span>
        </div>
      )}
    </div>
  );
}
