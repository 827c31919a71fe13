import type { RefObject } from 'react';
import { useController } from 'react-hook-form';
import type { Preset } from '../../../../contract/preset.ts';
import { Segmented } from '../../../components/segmented.tsx';
import { type Draft, promptFieldOf } from '../draft.ts';
import type { MakeForm } from '../hooks/use-make-form.ts';
import { ModeChoice } from './mode-choice.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { PromptField } from './prompt-field.tsx';
import { ReferencePicker } from './reference-picker.tsx';

const STARTS = [
  { value: 'text', label: 'Text' },
  { value: 'preset', label: 'Preset' },
  { value: 'reference', label: 'Reference' },
] as const;

const PROMPTS: Readonly<Record<Draft['start'], { label: string; placeholder: string }>> = {
  text: { label: 'Prompt', placeholder: 'A tavern keeper with tired eyes and flour on her sleeves' },
  preset: { label: 'Prompt in place of the preset’s own', placeholder: 'Leave empty for the preset’s own words' },
  reference: { label: 'Prompt in place of the picture’s own', placeholder: 'Leave empty for the picture’s own words' },
};

interface StartFieldsProps {
  readonly form: MakeForm;
  readonly projectId: string;
  readonly presets: readonly Preset[] | undefined;
  readonly promptRef: RefObject<HTMLTextAreaElement | null>;
}

/** What it begins with: words, a preset, or a picture. */
export function StartFields({ form, projectId, presets, promptRef }: StartFieldsProps) {
  const { control } = form;
  const { errors } = form.formState;
  const { field: start } = useController({ control, name: 'start' });
  const { field: presetId } = useController({ control, name: 'presetId' });
  const { field: reference } = useController({ control, name: 'reference' });
  const onStart = (next: Draft['start']) => {
    start.onChange(next);
    if (next !== 'text') form.setValue('style', ''); // a preset or a picture brings its own, unless one is picked after it
  };
  const onReference = (next: Draft['reference']) => {
    reference.onChange(next);
    if (next?.kind === 'upload' && form.getValues('mode') === 'variation') form.setValue('mode', 'reference');
  };
  return (
    <div className="grid gap-2">
      <div>
        <Segmented label="Start from" options={STARTS} value={start.value} onChange={onStart} />
      </div>
      {start.value === 'preset' && (
        <PresetPicker
          presets={presets}
          value={presetId.value}
          error={errors.presetId?.message}
          onChange={presetId.onChange}
        />
      )}
      {start.value === 'reference' && (
        <>
          <ReferencePicker
            projectId={projectId}
            value={reference.value}
            error={errors.reference?.message}
            onChange={onReference}
          />
          <ModeChoice form={form} />
        </>
      )}
      <PromptField
        key={start.value}
        form={form}
        name={promptFieldOf({ start: start.value })}
        fieldRef={promptRef}
        {...PROMPTS[start.value]}
      />
    </div>
  );
}
