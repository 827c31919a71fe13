import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useController } from 'react-hook-form';
import { FIELD_CLASS } from '../../../components/field.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { Sheet } from '../../../components/sheet.tsx';
import { useModEnter } from '../../../hooks/use-mod-enter.ts';
import type { LiveGenerations } from '../../../live/live-generations.ts';
import { keys } from '../../../query/keys.ts';
import { useCredits, usePrices } from '../../credits/api/use-credits.ts';
import { usePresets } from '../../presets/api/use-presets.ts';
import { costOf } from '../cost.ts';
import { builtPrompt, type Draft, draftFrom } from '../draft.ts';
import { keepDraft, keptDraft } from '../hooks/kept-drafts.ts';
import { useMake } from '../hooks/use-make.ts';
import { promptFieldOf, useMakeForm } from '../hooks/use-make-form.ts';
import { AttributeChips } from './attribute-chips.tsx';
import { BuiltPrompt } from './built-prompt.tsx';
import { MakeOptions } from './make-options.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { PromptField } from './prompt-field.tsx';
import { Receipt } from './receipt.tsx';
import { StyleStrip } from './style-strip.tsx';

const STARTS = [
  { value: 'text', label: 'Text' },
  { value: 'preset', label: 'Preset' },
] as const;

interface MakeDialogProps {
  readonly projectId: string;
  readonly projectName: string | undefined;
  /** The generation to begin from: "Edit and retry". */
  readonly fromId: string | undefined;
  readonly onClose: () => void;
}

/** The heart: one screen, no wizard. Left what it shall be, right what will be sent and what it costs. */
export function MakeDialog({ projectId, projectName, fromId, onClose }: MakeDialogProps) {
  const from = useQueryClient().getQueryData<LiveGenerations>(keys.live)?.byId[fromId ?? ''];
  const form = useMakeForm(from ? draftFrom(from) : keptDraft(projectId));
  const draft = form.watch();
  const { field: start } = useController({ control: form.control, name: 'start' });
  const { field: style } = useController({ control: form.control, name: 'style' });
  const { field: presetId } = useController({ control: form.control, name: 'presetId' });
  const presets = usePresets(draft.start === 'preset');
  const preset = presets.data?.find(({ id }) => id === draft.presetId);
  const cost = costOf(draft.start, usePrices(), useCredits());
  const { make, making, problem } = useMake({ form, projectId, short: cost.missing > 0, onMade: onClose });
  const promptField = useRef<HTMLTextAreaElement>(null);
  useModEnter(make);
  // "Edit and retry" brings the preset's own words along: they are the preset's to say.
  const sameWords = preset !== undefined && draft.presetPrompt === preset.prompt;
  useEffect(() => {
    if (sameWords) form.setValue('presetPrompt', '');
  }, [form, sameWords]);
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => keepDraft(projectId, values) }),
    [form, projectId],
  );

  const onStart = (next: Draft['start']) => {
    start.onChange(next);
    if (next === 'preset') style.onChange(''); // a preset brings its own, unless one is picked after it
  };
  const fromPreset = draft.start === 'preset';
  return (
    <Sheet
      wide
      title="Make an avatar"
      aside={projectName && `in ${projectName}`}
      open
      onClose={onClose}
      initialFocus={promptField}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
        className="min-h-0 overflow-y-auto md:grid md:grid-cols-[minmax(0,1fr)_384px] md:overflow-hidden"
      >
        <div className="grid min-w-0 content-start gap-5 p-4 md:overflow-y-auto md:px-6 md:pt-5 md:pb-6">
          <div className="grid gap-2">
            <div>
              <Segmented label="Start from" options={STARTS} value={start.value} onChange={onStart} />
            </div>
            {fromPreset && (
              <PresetPicker
                presets={presets.data}
                value={presetId.value}
                error={form.formState.errors.presetId?.message}
                onChange={presetId.onChange}
              />
            )}
            <PromptField
              key={draft.start}
              form={form}
              name={promptFieldOf(draft)}
              fieldRef={promptField}
              label={fromPreset ? 'Prompt in place of the preset’s own' : 'Prompt'}
              placeholder={
                fromPreset
                  ? 'Leave empty for the preset’s own words'
                  : 'A tavern keeper with tired eyes and flour on her sleeves'
              }
            />
          </div>
          <StyleStrip
            key={draft.start}
            value={style.value}
            onChange={style.onChange}
            openLabel={fromPreset ? 'Preset’s' : 'Any'}
          />
          <AttributeChips form={form} />
          <label className="grid gap-2 text-13 font-strong">
            Name (optional)
            <input
              {...form.register('name')}
              autoComplete="off"
              placeholder="Taken from the prompt"
              aria-invalid={Boolean(form.formState.errors.name)}
              className={`${FIELD_CLASS} text-14 font-regular`}
            />
            {form.formState.errors.name && (
              <span className="font-regular text-bad">{form.formState.errors.name.message}</span>
            )}
          </label>
        </div>
        <div className="contents md:flex md:flex-col md:gap-4 md:overflow-y-auto md:border-l md:border-line md:bg-paper md:px-6 md:pt-4 md:pb-6">
          <div className="grid gap-4 px-4 pb-4 md:contents">
            <BuiltPrompt
              parts={builtPrompt(draft, preset)}
              wanting={fromPreset ? 'The preset’s words.' : 'Your words.'}
            />
            <MakeOptions form={form} />
          </div>
          <div className="sticky bottom-0 bg-raised px-4 pb-[max(16px,env(safe-area-inset-bottom))] md:static md:mt-auto md:bg-transparent md:p-0">
            <Receipt cost={cost} making={making} problem={problem} />
          </div>
        </div>
      </form>
    </Sheet>
  );
}
