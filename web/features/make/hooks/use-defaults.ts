import type { MakingDefaults } from '../../../../contract/me.ts';
import type { ProjectDefaults } from '../../../../contract/project.ts';
import { useMe } from '../../account/api/use-me.ts';

/** What my makings begin with; undefined until it is known. The style of the project comes before mine. */
export function useDefaults(project: ProjectDefaults | undefined): MakingDefaults | undefined {
  const mine = useMe()?.defaults;
  if (!mine || !project?.style) return mine;
  const { style: _style, ...others } = mine;
  return others;
}
