import { useEffect } from 'react';
import { offeredChoices, offeredModes } from '#domain/provider/offers.ts';
import { DEFAULT_PROVIDER_CHOICE, PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import type { Draft } from '../draft.ts';
import type { CreateAvatarForm } from './use-create-avatar-form.ts';

/** The providers that can be chosen. All of them until the profile is loaded. */
export function useConfiguredProviders(): readonly ProviderName[] {
  return useProfile()?.providers ?? PROVIDERS;
}

/** The modes in which the chosen image can be used. Only avatars can be varied, not uploads. */
export function modesOf(configured: readonly ProviderName[], { reference }: Pick<Draft, 'reference'>) {
  if (reference?.kind !== 'upload') return offeredModes(configured, { provider: reference?.source.provider });
  return offeredModes(configured, { provider: null }).filter((mode) => mode !== 'variation');
}

/** Replaces what a draft, or the user's defaults, chose before and is not offered here. */
export function useOnlyOffered(form: CreateAvatarForm): void {
  const configured = useConfiguredProviders();
  const [provider, mode, reference] = form.watch(['provider', 'mode', 'reference']);
  const isOffered = offeredChoices(configured).includes(provider);
  const modes = modesOf(configured, { reference });
  const nextMode = reference === null || modes.includes(mode) ? undefined : modes[0];
  useEffect(() => {
    if (!isOffered) form.setValue('provider', DEFAULT_PROVIDER_CHOICE);
    if (nextMode) form.setValue('mode', nextMode);
  }, [form, isOffered, nextMode]);
}
