import type { GenerationDefaults } from '#contract/profile.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { useProfile } from '#web/features/account/api/use-profile.ts';

/** What my generations begin with; undefined until it is known. The style of the project comes before mine. */
export function useGenerationDefaults(project: ProjectDefaults | undefined): GenerationDefaults | undefined {
  const mine = useProfile()?.defaults;
  if (!mine || !project?.style) return mine;
  const { style: _style, ...others } = mine;
  return others;
}
