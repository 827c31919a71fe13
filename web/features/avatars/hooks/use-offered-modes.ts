import type { Avatar } from '#contract/avatar.ts';
import type { ReferenceMode } from '#domain/generation/mode.ts';
import { offeredModes } from '#domain/provider/offers.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { useProfile } from '#web/features/account/api/use-profile.ts';

/** Most common first. */
const MODES_BY_USE: readonly ReferenceMode[] = ['variation', 'style', 'reference'];

/** What a configured model can do with the avatar's image, most common first. */
export function useOfferedModes({ generation }: Pick<Avatar, 'generation'>): readonly ReferenceMode[] {
  const configured = useProfile()?.providers ?? PROVIDERS;
  const provider = PROVIDERS.find((known) => known === generation.provider) ?? null;
  const offered = offeredModes(configured, { provider });
  return MODES_BY_USE.filter((mode) => offered.includes(mode));
}
