import type { projectsRoutes } from '#contract/routes/projects.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { createProject } from './create.ts';
import { deleteProject } from './delete.ts';
import { listProjects } from './list.ts';
import { presentProjects } from './present.ts';
import { readProject } from './read.ts';
import { updateProject } from './update.ts';

export function projectHandlers({ database, store, removal }: HandlersDeps): HandlersOf<typeof projectsRoutes> {
  const deps = { database, present: presentProjects(store) };
  return {
    listProjects: listProjects(deps),
    createProject: createProject(deps),
    readProject: readProject(deps),
    updateProject: updateProject(deps),
    deleteProject: deleteProject({ ...deps, removal }),
  };
}
