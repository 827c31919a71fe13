import { useEffect, useRef } from 'react';
import { useController } from 'react-hook-form';
import { useSearchParams } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { isolated } from '#domain/text/isolated.ts';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { FIELD_CLASS } from '#web/components/field.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useModEnter } from '#web/hooks/use-mod-enter.ts';
import { useCredits, usePrices } from '#web/features/credits/api/use-credits.ts';
import { usePresets } from '#web/features/presets/api/use-presets.ts';
import { useGenerationToStartFrom } from '../api/use-generation-to-start-from.ts';
import { startingDraft } from '../starting-draft.ts';
import { costOf } from '../cost.ts';
import type { Draft, DraftReference } from '../draft.ts';
import { saveDraft } from '../saved-drafts.ts';
import { useApplyLoadedDefaults, useGenerationDefaults } from '../hooks/use-generation-defaults.ts';
import { useCreateAvatar } from '../hooks/use-create-avatar.ts';
import { useCreateAvatarForm } from '../hooks/use-create-avatar-form.ts';
import { AttributeFields } from './attribute-fields.tsx';
import { AppliedDefaults } from './applied-defaults.tsx';
import { GenerationOptions } from './generation-options.tsx';
import { PersonaFields } from './persona-fields.tsx';
import { LivePromptPreview } from './live-prompt-preview.tsx';
import { SubmitPanel } from './submit-panel.tsx';
import { StartFields } from './start-fields.tsx';
import { ANY_STYLE, StyleStrip } from './style-strip.tsx';

interface CreateAvatarDialogProps {
  readonly projectId: string;
  readonly projectName: string | undefined;
  readonly defaults?: ProjectDefaults | undefined;
  /** The generation to start from ("Edit and retry", "Use this prompt"). */
  readonly fromId: string | undefined;
  /** The reference avatar; `?mode=` says how it is used. */
  readonly reference?: Avatar;
  readonly onClose: () => void;
  /** Called once the generation has started. Default: `onClose`. */
  readonly onStarted?: () => void;
}

/** The dialog that starts generations. One that starts from another waits until that has been read. */
export function CreateAvatarDialog({ fromId, ...props }: CreateAvatarDialogProps) {
  const { generation, isPending, error, refetch } = useGenerationToStartFrom(fromId);
  if (isPending) return null;
  if (!error || generation) return <Form {...props} from={generation} />;
  return (
    <Sheet wide title="New avatar" open onClose={props.onClose}>
      <FailedRequest error={error} onRetry={() => void refetch()} />
    </Sheet>
  );
}

type FormProps = Omit<CreateAvatarDialogProps, 'fromId'> & { readonly from: Generation | undefined };

/** The description on the left; the final prompt, the options, and the cost on the right. */
function Form(props: FormProps) {
  const { projectId, projectName, defaults, from, reference, onClose, onStarted = onClose } = props;
  const [params] = useSearchParams();
  const userDefaults = useGenerationDefaults(defaults);
  const { draftKey, draft: initial } = startingDraft({ projectId, from, reference, params, defaults: userDefaults });
  const form = useCreateAvatarForm(initial);
  useApplyLoadedDefaults(form, draftKey, initial, userDefaults);
  const draft = form.watch();
  const { field: style } = useController({ control: form.control, name: 'style' });
  const presets = usePresets(draft.start === 'preset');
  const preset = presets.data?.find(({ id }) => id === draft.presetId);
  const cost = costOf(draft, usePrices(), useCredits());
  const { submit, sending, problem } = useCreateAvatar({
    form,
    projectId,
    draftKey,
    insufficientCredits: cost.missing > 0,
    onStarted,
  });
  const promptField = useRef<HTMLTextAreaElement>(null);
  useModEnter(submit);
  // "Edit and retry" copies the preset's prompt into the field. Left there, it would override the preset.
  const isPresetPrompt = preset !== undefined && draft.presetPrompt === preset.prompt;
  useEffect(() => {
    if (isPresetPrompt) form.setValue('presetPrompt', '');
  }, [form, isPresetPrompt]);
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => saveDraft(draftKey, values) }),
    [form, draftKey],
  );
  const { errors } = form.formState;
  return (
    <Sheet
      wide
      title="New avatar"
      aside={projectName && `in ${isolated(projectName)}`}
      open
      onClose={onClose}
      initialFocus={promptField}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="min-h-0 overflow-y-auto max-md:scroll-pb-36 md:grid md:grid-cols-[minmax(0,1fr)_384px] md:overflow-hidden"
      >
        <div className="grid min-w-0 content-start gap-5 p-4 md:overflow-y-auto md:px-6 md:pt-5 md:pb-6">
          <StartFields
            form={form}
            projectId={projectId}
            presets={presets.data}
            promptRef={promptField}
            sending={sending}
          />
          <StyleStrip
            key={draft.start}
            value={style.value}
            onChange={style.onChange}
            openLabel={openStyle(draft, defaults)}
            error={errors.style?.message}
          />
          <AppliedDefaults form={form} defaults={defaults} />
          <AttributeFields form={form} />
          <PersonaFields form={form} />
          <label className="grid gap-2 text-13 font-strong">
            Name (optional)
            <input
              {...form.register('name')}
              autoComplete="off"
              placeholder={draft.start === 'text' ? 'Taken from the prompt' : 'Chosen automatically'}
              aria-invalid={Boolean(errors.name)}
              className={`${FIELD_CLASS} text-14 font-regular`}
            />
            {errors.name && <span className="font-regular text-bad">{errors.name.message}</span>}
          </label>
        </div>
        <div className="contents md:flex md:flex-col md:gap-4 md:overflow-y-auto md:border-l md:border-line md:bg-paper md:px-6 md:pt-4">
          <div className="grid gap-4 px-4 pb-4 md:contents">
            <LivePromptPreview
              draft={draft}
              preset={preset}
              project={{ id: projectId, defaults }}
              isShown={(message) => hasMessage(errors, message)}
            >
              {(plan) => <GenerationOptions form={form} plan={plan} />}
            </LivePromptPreview>
          </div>
          <div className="sticky bottom-0 bg-raised px-4 pb-[max(16px,env(safe-area-inset-bottom))] md:mt-auto md:bg-paper md:px-0 md:pb-6">
            <SubmitPanel cost={cost} sending={sending} problem={problem} />
          </div>
        </div>
      </form>
    </Sheet>
  );
}

/** The label of the option to pick no style: where the style then comes from. */
function openStyle(draft: Draft, defaults: ProjectDefaults | undefined): string {
  const { start, mode, reference, projectDefaults } = draft;
  if (start === 'reference' && mode === 'style') return 'Pick one';
  if (start === 'reference' && (reference === null || hasStyle(reference))) return 'Image’s';
  if (projectDefaults && defaults?.style) return 'Project’s';
  return { text: ANY_STYLE, preset: 'Preset’s', reference: 'Image’s' }[start];
}

function hasStyle(reference: DraftReference): boolean {
  return reference.kind === 'avatar' && reference.source.style !== null;
}

/** Whether any field has this error; fields of the persona are nested. */
function hasMessage(errors: object, message: string): boolean {
  return Object.values(errors).some((error: unknown) => {
    if (typeof error !== 'object' || error === null) return false;
    return 'message' in error ? error.message === message : hasMessage(error, message);
  });
}
