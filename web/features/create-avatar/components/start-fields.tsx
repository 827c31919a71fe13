import { WandSparkles } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { useController } from 'react-hook-form';
import type { Preset } from '#contract/preset.ts';
import { DropHint } from '#web/components/drop-hint.tsx';
import { Button } from '#web/components/button.tsx';
import { MOD_KEY } from '#web/components/mod-enter-hint.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import { useOfferedFiles } from '#web/hooks/use-offered-files.ts';
import { type Draft, promptFieldOf } from '../draft.ts';
import { useReferenceFile } from '../hooks/use-reference-file.ts';
import { useEnhance } from '../hooks/use-enhance.ts';
import type { CreateAvatarForm } from '../hooks/use-create-avatar-form.ts';
import { EnhanceOffer } from './enhance-offer.tsx';
import { ModeChoice } from './mode-choice.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { PromptField } from './prompt-field.tsx';
import { PromptHistory } from './prompt-history.tsx';
import { ReferencePicker } from './reference-picker.tsx';

const STARTS = [
  { value: 'text', label: 'Text' },
  { value: 'preset', label: 'Preset' },
  { value: 'reference', label: 'Reference' },
] as const;

const PROMPTS: Readonly<Record<Draft['start'], { label: string; placeholder: string }>> = {
  text: { label: 'Prompt', placeholder: 'A tavern keeper with tired eyes and flour on her sleeves' },
  preset: { label: 'Prompt (replaces the preset’s)', placeholder: 'Leave empty to use the preset’s prompt' },
  reference: { label: 'Prompt (replaces the image’s)', placeholder: 'Leave empty to use the image’s prompt' },
};

interface StartFieldsProps {
  readonly form: CreateAvatarForm;
  readonly projectId: string;
  readonly presets: readonly Preset[] | undefined;
  readonly promptRef: RefObject<HTMLTextAreaElement | null>;
  /** Nothing changes while the request is being sent. */
  readonly sending: boolean;
}

/** The starting point: a text prompt, a preset, or a reference image, which may be dropped or pasted whatever was chosen before. */
export function StartFields({ form, projectId, presets, promptRef, sending }: StartFieldsProps) {
  const { control } = form;
  const { errors } = form.formState;
  const { field: start } = useController({ control, name: 'start' });
  const { field: presetId } = useController({ control, name: 'presetId' });
  const { field: reference } = useController({ control, name: 'reference' });
  const enhance = useEnhance(form);
  const [replaced, setReplaced] = useState('');
  const onEarlierPrompt = (prompt: string) => {
    const name = promptFieldOf({ start: start.value });
    const before = form.getValues(name);
    form.setValue(name, prompt, { shouldDirty: true });
    setReplaced(before);
  };
  const onStart = (next: Draft['start']) => {
    start.onChange(next);
    if (next !== 'text') form.setValue('style', ''); // a preset or an image has its own style, unless one is picked afterwards
  };
  const onReference = (next: Draft['reference']) => {
    reference.onChange(next);
    if (next?.kind === 'upload' && form.getValues('mode') === 'variation') form.setValue('mode', 'reference');
  };
  const { upload, offer, problem } = useReferenceFile({
    onChoose: () => start.value !== 'reference' && onStart('reference'),
    onReference,
  });
  const isOver = useOfferedFiles(offer, !sending);
  return (
    <div className="grid gap-2">
      {isOver && <DropHint text="Drop the image to start from it" />}
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <Segmented label="Start from" options={STARTS} value={start.value} onChange={onStart} />
        <span className="flex">
          <PromptHistory replaced={replaced} onChoose={onEarlierPrompt} promptRef={promptRef} />
          <Button
            tone="bare"
            aria-disabled={!enhance.possible || enhance.pending || undefined}
            title={enhance.possible ? `${MOD_KEY} E in the prompt` : 'Write a prompt first'}
            onClick={enhance.request}
            className="-mr-3 text-13 aria-disabled:text-ink-3"
          >
            <WandSparkles size={16} strokeWidth={1.5} aria-hidden="true" />
            {enhance.pending ? 'Enhancing' : 'Enhance'}
          </Button>
        </span>
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
            error={problem ?? errors.reference?.message}
            uploading={upload.isPending}
            disabled={sending}
            onFiles={offer}
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
        onEnhance={enhance.request}
        {...PROMPTS[start.value]}
      >
        {enhance.offer && (
          <EnhanceOffer
            offer={enhance.offer}
            onAccept={() => {
              enhance.accept();
              promptRef.current?.focus();
            }}
            onDiscard={() => {
              enhance.discard();
              promptRef.current?.focus();
            }}
          />
        )}
      </PromptField>
    </div>
  );
}
