import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useController } from 'react-hook-form';
import { useSearchParams } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { FIELD_CLASS } from '#web/components/field.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useModEnter } from '#web/hooks/use-mod-enter.ts';
import type { LiveGenerations } from '#web/live/live-generations.ts';
import { keys } from '#web/query/keys.ts';
import { useCredits, usePrices } from '#web/features/credits/api/use-credits.ts';
import { usePresets } from '#web/features/presets/api/use-presets.ts';
import { startingDraft } from '../starting-draft.ts';
import { costOf } from '../cost.ts';
import type { Draft } from '../draft.ts';
import { saveDraft } from '../hooks/saved-drafts.ts';
import { useGenerationDefaults } from '../hooks/use-generation-defaults.ts';
import { useApplyLoadedDefaults } from '../hooks/use-apply-loaded-defaults.ts';
import { useCreateAvatar } from '../hooks/use-create-avatar.ts';
import { useCreateAvatarForm } from '../hooks/use-create-avatar-form.ts';
import { AttributeFields } from './attribute-fields.tsx';
import { AppliedDefaults } from './applied-defaults.tsx';
import { GenerationOptions } from './generation-options.tsx';
import { PersonaSection } from './persona-section.tsx';
import { LivePromptPreview } from './live-prompt-preview.tsx';
import { SubmitPanel } from './submit-panel.tsx';
import { StartFields } from './start-fields.tsx';
import { StyleStrip } from './style-strip.tsx';

interface CreateAvatarDialogProps {
  readonly projectId: string;
  readonly projectName: string | undefined;
  /** What the project's avatars have in common. */
  readonly defaults?: ProjectDefaults | undefined;
  /** The generation to begin from: "Edit and retry". */
  readonly fromId: string | undefined;
  /** The avatar to go on from: vary, restyle or follow it, as `?mode=` says. */
  readonly reference?: Avatar;
  readonly onClose: () => void;
  /** Where to go when it is being made; closes where nothing is given. */
  readonly onStarted?: () => void;
}

/** The heart: one screen, no wizard. Left what it shall be, right what will be sent and what it costs. */
export function CreateAvatarDialog(props: CreateAvatarDialogProps) {
  const { projectId, projectName, defaults, fromId, reference, onClose, onStarted: onMade = onClose } = props;
  const [params] = useSearchParams();
  const from = useQueryClient().getQueryData<LiveGenerations>(keys.live)?.byId[fromId ?? ''];
  const mine = useGenerationDefaults(defaults);
  const { place, draft: initial } = startingDraft({ projectId, from, reference, params, defaults: mine });
  const form = useCreateAvatarForm(initial);
  useApplyLoadedDefaults(form, place, initial, mine);
  const draft = form.watch();
  const { field: style } = useController({ control: form.control, name: 'style' });
  const presets = usePresets(draft.start === 'preset');
  const preset = presets.data?.find(({ id }) => id === draft.presetId);
  const cost = costOf(draft, usePrices(), useCredits());
  const { make, generation, problem } = useCreateAvatar({
    form,
    projectId,
    draftKey: place,
    insufficientCredits: cost.missing > 0,
    onStarted: onMade,
  });
  const promptField = useRef<HTMLTextAreaElement>(null);
  useModEnter(make);
  // "Edit and retry" brings the preset's own words along: they are the preset's to say.
  const sameWords = preset !== undefined && draft.presetPrompt === preset.prompt;
  useEffect(() => {
    if (sameWords) form.setValue('presetPrompt', '');
  }, [form, sameWords]);
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => saveDraft(place, values) }),
    [form, place],
  );
  const { errors } = form.formState;
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
          <StartFields form={form} projectId={projectId} presets={presets.data} promptRef={promptField} />
          <StyleStrip
            key={draft.start}
            value={style.value}
            onChange={style.onChange}
            openLabel={openStyle(draft, defaults)}
            error={errors.style?.message}
          />
          <AppliedDefaults form={form} defaults={defaults} />
          <AttributeFields form={form} />
          <PersonaSection form={form} />
          <label className="grid gap-2 text-13 font-strong">
            Name (optional)
            <input
              {...form.register('name')}
              autoComplete="off"
              placeholder={draft.start === 'text' ? 'Taken from the prompt' : 'Taken from where it begins'}
              aria-invalid={Boolean(errors.name)}
              className={`${FIELD_CLASS} text-14 font-regular`}
            />
            {errors.name && <span className="font-regular text-bad">{errors.name.message}</span>}
          </label>
        </div>
        <div className="contents md:flex md:flex-col md:gap-4 md:overflow-y-auto md:border-l md:border-line md:bg-paper md:px-6 md:pt-4 md:pb-6">
          <div className="grid gap-4 px-4 pb-4 md:contents">
            <LivePromptPreview draft={draft} preset={preset} project={{ id: projectId, defaults }}>
              {(plan) => <GenerationOptions form={form} plan={plan} />}
            </LivePromptPreview>
          </div>
          <div className="sticky bottom-0 bg-raised px-4 pb-[max(16px,env(safe-area-inset-bottom))] md:static md:mt-auto md:bg-transparent md:p-0">
            <SubmitPanel cost={cost} sending={generation} problem={problem} />
          </div>
        </div>
      </form>
    </Sheet>
  );
}

/** What it means to pick no style. */
function openStyle({ start, mode, projectDefaults }: Draft, defaults: ProjectDefaults | undefined): string {
  if (start === 'reference' && mode === 'style') return 'Pick one';
  if (start !== 'reference' && projectDefaults && defaults?.style) return 'Project’s';
  return { text: 'Any', preset: 'Preset’s', reference: 'Image’s' }[start];
}
