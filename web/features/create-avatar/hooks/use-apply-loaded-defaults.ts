import { useEffect, useEffectEvent, useRef } from 'react';
import type { GenerationDefaults } from '#contract/profile.ts';
import type { Draft } from '../draft.ts';
import { savedDraft } from './saved-drafts.ts';
import type { CreateAvatarForm } from './use-create-avatar-form.ts';

/** Begins anew with the defaults when they come after the dialog was opened, unless something was touched by then. */
export function useApplyLoadedDefaults(
  form: CreateAvatarForm,
  draftKey: string,
  initial: Draft,
  defaults: GenerationDefaults | undefined,
) {
  const late = useRef(defaults === undefined);
  const known = defaults !== undefined;
  const beginAnew = useEffectEvent(() => {
    if (savedDraft(draftKey) === undefined) form.reset(initial);
  });
  useEffect(() => {
    if (known && late.current) beginAnew();
    if (known) late.current = false;
  }, [known]);
}
