import { useEffect, useEffectEvent, useRef } from 'react';
import type { GenerationDefaults } from '#contract/profile.ts';
import type { Draft } from '../draft.ts';
import { savedDraft } from '../saved-drafts.ts';
import type { CreateAvatarForm } from './use-create-avatar-form.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { useProfile } from '#web/features/account/api/use-profile.ts';

/** The user's generation defaults; undefined until loaded. A project's style takes precedence over the user's. */
export function useGenerationDefaults(project: ProjectDefaults | undefined): GenerationDefaults | undefined {
  const userDefaults = useProfile()?.defaults;
  if (!userDefaults || !project?.style) return userDefaults;
  const { style: _style, ...others } = userDefaults;
  return others;
}

/** Resets the form to the defaults when they load after the dialog opened, unless the user has already changed something. */
export function useApplyLoadedDefaults(
  form: CreateAvatarForm,
  draftKey: string,
  initial: Draft,
  defaults: GenerationDefaults | undefined,
) {
  const pending = useRef(defaults === undefined);
  const loaded = defaults !== undefined;
  const applyDefaults = useEffectEvent(() => {
    if (savedDraft(draftKey) === undefined) form.reset(initial);
  });
  useEffect(() => {
    if (loaded && pending.current) applyDefaults();
    if (loaded) pending.current = false;
  }, [loaded]);
}
