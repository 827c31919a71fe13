import type { ReactNode } from 'react';
import type { PromptPreview } from '#contract/prompt.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import type { Preset } from '#contract/preset.ts';
import { usePromptPreview } from '../api/use-prompt-preview.ts';
import type { Draft } from '../draft.ts';
import { finalPromptParts, isReady, toRequest } from '../request.ts';
import { FinalPrompt } from './final-prompt.tsx';

const MISSING_TEXT: Readonly<Record<Draft['start'], string>> = {
  text: 'Your words.',
  preset: 'The preset’s words.',
  reference: 'The image’s words.',
};

interface LivePromptPreviewProps {
  readonly draft: Draft;
  readonly preset: Preset | undefined;
  readonly project: { readonly id: string; readonly defaults: ProjectDefaults | undefined };
  readonly children: (plan: PromptPreview['plan'] | undefined) => ReactNode;
}

/** The prompt as it will be painted: built here while it is written, then as the API answers. Only the API knows who paints it. */
export function LivePromptPreview({ draft, preset, project, children }: LivePromptPreviewProps) {
  const { current, latest, refusal } = usePromptPreview(isReady(draft) ? toRequest(draft) : undefined, project.id);
  // What an image says for itself only the API knows, so its last answer is nearer the truth than our own guess.
  const answered = current ?? (draft.start === 'reference' ? latest : undefined);
  return (
    <>
      <FinalPrompt
        parts={answered?.parts ?? finalPromptParts(draft, preset, project.defaults)}
        missingText={MISSING_TEXT[draft.start]}
      />
      <p role="status" className="text-13 text-bad empty:hidden">
        {refusal}
      </p>
      {children(latest?.plan)}
    </>
  );
}
