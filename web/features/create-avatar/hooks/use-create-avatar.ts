import { useState } from 'react';
import type { CreateGeneration } from '#contract/generation.ts';
import { createIdempotencyKeys } from '#web/http/idempotency-key.ts';
import { useErrorMessage } from '#web/hooks/use-error-message.ts';
import { RequestFailed } from '#web/http/request-failed.ts';
import { useStartGeneration } from '../api/use-start-generation.ts';
import { refusedFieldOf } from '../refused-field.ts';
import { saveNextDraft } from '../saved-drafts.ts';
import type { CreateAvatarForm } from './use-create-avatar-form.ts';

interface CreateAvatarDeps {
  readonly form: CreateAvatarForm;
  readonly projectId: string;
  /** The key under which the draft is saved. */
  readonly draftKey: string;
  /** With too few credits nothing is sent; the button says why. */
  readonly insufficientCredits: boolean;
  readonly onStarted: () => void;
}

/** Validates and sends the form, once per submit. */
export function useCreateAvatar({ form, projectId, draftKey, insufficientCredits, onStarted }: CreateAvatarDeps) {
  const start = useStartGeneration(projectId);
  const [idempotencyKeys] = useState(() => createIdempotencyKeys());

  const send = (request: CreateGeneration) => {
    const count = form.getValues('count');
    return start.mutate(
      { request, count, idempotencyKey: idempotencyKeys.keyFor({ request, count }) },
      {
        onSuccess: () => {
          saveNextDraft(draftKey, form.getValues());
          onStarted();
        },
        onError: (error) => {
          idempotencyKeys.failed(error);
          if (error instanceof RequestFailed && error.code === 'prompt_not_allowed') {
            form.setError(
              refusedFieldOf(error.problem?.errors?.[0]?.path, form.getValues()),
              { type: 'refused', message: error.message },
              { shouldFocus: true },
            );
          }
        },
      },
    );
  };

  const submit = () => {
    if (insufficientCredits || start.isPending || start.isSuccess) return;
    void form.handleSubmit(send)();
  };
  const atField = start.error instanceof RequestFailed && start.error.code === 'prompt_not_allowed';
  const message = useErrorMessage(atField ? null : start.error);
  return {
    submit,
    sending: start.isPending,
    problem: message ?? form.formState.errors.root?.message,
  };
}
