import { useState } from 'react';
import { toast } from 'sonner';
import { messageOf } from '#web/http/request-failed.ts';
import { type EnhancedPrompt, useEnhancePrompt } from '../api/use-prompt-help.ts';
import { chosenAttributes, ownPrompt, promptFieldOf } from '../draft.ts';
import type { CreateAvatarForm } from './use-create-avatar-form.ts';

export interface Offer extends EnhancedPrompt {
  /** The words it was made of; when they change, the offer is void. */
  readonly original: string;
}

/** Asks for better words, and shows them before they replace anything. */
export function useEnhance(form: CreateAvatarForm) {
  const { mutate, isPending } = useEnhancePrompt();
  const [offer, setOffer] = useState<Offer>();
  const words = ownPrompt(form.watch());
  const ask = () => {
    if (words === '' || isPending) return;
    const draft = form.getValues();
    mutate(
      { prompt: words, attributes: chosenAttributes(draft), ...(draft.style && { style: draft.style }) },
      {
        onError: (error) => toast.error(messageOf(error)),
        onSuccess: (answer) => {
          if (answer.changes.length === 0) toast('Nothing is missing from this prompt.');
          else setOffer({ ...answer, original: words });
        },
      },
    );
  };
  return {
    possible: words !== '',
    asking: isPending,
    offer: offer?.original === words ? offer : undefined,
    ask,
    take: () => {
      if (offer) form.setValue(promptFieldOf(form.getValues()), offer.prompt, { shouldDirty: true });
      setOffer(undefined);
    },
    leave: () => setOffer(undefined),
  };
}
