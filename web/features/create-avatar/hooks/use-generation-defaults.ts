import type { GenerationDefaults } from '#contract/profile.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { useProfile } from '#web/features/account/api/use-profile.ts';

/** The user's generation defaults; undefined until loaded. A project's style takes precedence over the user's. */
export function useGenerationDefaults(project: ProjectDefaults | undefined): GenerationDefaults | undefined {
  const userDefaults = useProfile()?.defaults;
  if (!userDefaults || !project?.style) return userDefaults;
  const { style: _style, ...others } = userDefaults;
  return others;
}
