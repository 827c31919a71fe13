import { useState } from 'react';
import type { CreateGeneration } from '../../../../contract/generation.ts';
import { createIdempotencyKeys } from '../../../http/idempotency-key.ts';
import { messageOf, RequestFailed } from '../../../http/request-failed.ts';
import { useStartGeneration } from '../api/use-start-generation.ts';
import { keepNextDraft } from './kept-drafts.ts';
import { type MakeForm, promptFieldOf } from './use-make-form.ts';

interface MakeDeps {
  readonly form: MakeForm;
  readonly projectId: string;
  /** Too few credits: the button says so and nothing is sent. */
  readonly short: boolean;
  readonly onMade: () => void;
}

/** Checks and sends the form, once per press. */
export function useMake({ form, projectId, short, onMade }: MakeDeps) {
  const start = useStartGeneration(projectId);
  const [idempotencyKeys] = useState(() => createIdempotencyKeys());

  const send = (request: CreateGeneration) =>
    start.mutate(
      { request, key: idempotencyKeys.keyFor(request) },
      {
        onSuccess: () => {
          keepNextDraft(projectId, form.getValues());
          onMade();
        },
        onError: (error) => {
          if (error instanceof RequestFailed && error.outcomeUnknown) return;
          idempotencyKeys.settled();
          if (error instanceof RequestFailed && error.code === 'prompt_rejected') {
            form.setError(
              promptFieldOf(form.getValues()),
              { type: 'refused', message: error.message },
              { shouldFocus: true },
            );
          }
        },
      },
    );

  const make = () => {
    if (short || start.isPending || start.isSuccess) return;
    void form.handleSubmit(send)();
  };
  const atField = start.error instanceof RequestFailed && start.error.code === 'prompt_rejected';
  return {
    make,
    making: start.isPending,
    problem: start.error && !atField ? messageOf(start.error) : form.formState.errors.root?.message,
  };
}
