import { useState } from 'react';
import { toast } from 'sonner';
import { messageOf } from '#web/http/request-failed.ts';
import { type EnhancedPrompt, useEnhancePrompt } from '../api/use-prompt-help.ts';
import { chosenAttributes, ownPrompt, promptFieldOf } from '../draft.ts';
import type { CreateAvatarForm } from './use-create-avatar-form.ts';

export interface Offer extends EnhancedPrompt {
  /** The prompt that was enhanced. When it changes, the offer no longer applies. */
  readonly original: string;
}

/** Requests an enhanced prompt and offers it before it replaces the user's prompt. */
export function useEnhance(form: CreateAvatarForm) {
  const { mutate, isPending } = useEnhancePrompt();
  const [offer, setOffer] = useState<Offer>();
  const prompt = ownPrompt(form.watch());
  const request = () => {
    if (prompt === '' || isPending) return;
    const draft = form.getValues();
    mutate(
      { prompt, attributes: chosenAttributes(draft), ...(draft.style && { style: draft.style }) },
      {
        onError: (error) => toast.error(messageOf(error)),
        onSuccess: (answer) => {
          if (answer.changes.length === 0) toast('This prompt needs no changes.');
          else setOffer({ ...answer, original: prompt });
        },
      },
    );
  };
  return {
    possible: prompt !== '',
    pending: isPending,
    offer: offer?.original === prompt ? offer : undefined,
    request,
    accept: () => {
      if (offer) form.setValue(promptFieldOf(form.getValues()), offer.prompt, { shouldDirty: true });
      setOffer(undefined);
    },
    discard: () => setOffer(undefined),
  };
}
