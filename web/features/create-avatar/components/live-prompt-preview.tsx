import type { ReactNode } from 'react';
import type { PromptPreview } from '#contract/prompt.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import type { Preset } from '#contract/preset.ts';
import { ObjectToRefusal } from '#web/components/object-to-refusal.tsx';
import { usePromptPreview } from '../api/use-prompt-preview.ts';
import type { Draft } from '../draft.ts';
import { finalPromptParts, isReady, toRequest } from '../request.ts';
import { FinalPrompt } from './final-prompt.tsx';

const MISSING_TEXT: Readonly<Record<Draft['start'], string>> = {
  text: 'Your prompt.',
  preset: 'The preset’s prompt.',
  reference: 'The image’s prompt.',
};

interface LivePromptPreviewProps {
  readonly draft: Draft;
  readonly preset: Preset | undefined;
  readonly project: { readonly id: string; readonly defaults: ProjectDefaults | undefined };
  /** Whether a field of the form shows this message already. */
  readonly isShown: (message: string) => boolean;
  readonly children: (plan: PromptPreview['plan'] | undefined) => ReactNode;
}

/** The final prompt: built in the browser while the user types, then replaced by the API's preview, which also has the provider plan. */
export function LivePromptPreview({ draft, preset, project, isShown, children }: LivePromptPreviewProps) {
  const { current, latest, refusal } = usePromptPreview(isReady(draft) ? toRequest(draft) : undefined, project.id);
  // Only the API has the prompt of a reference image, so its latest preview is more accurate than one built here.
  const preview = current ?? (draft.start === 'reference' ? latest : undefined);
  return (
    <>
      <FinalPrompt
        parts={preview?.parts ?? finalPromptParts(draft, preset, project.defaults)}
        missingText={MISSING_TEXT[draft.start]}
      />
      <p role="status" className="text-13 text-bad empty:hidden">
        {refusal && !isShown(refusal.message) && refusal.message}
      </p>
      <ObjectToRefusal error={refusal} />
      {children(latest?.plan)}
    </>
  );
}
