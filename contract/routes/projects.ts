import { listQuery } from '../list.ts';
import { createProject, project, projectList } from '../project.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';

/** Where avatars are kept. */
export const projectsRoutes = {
  listProjects: {
    method: 'get',
    path: '/projects',
    tag: 'Projects',
    summary: 'My projects, newest first',
    access: 'avatars:read',
    query: listQuery,
    replies: { 200: projectList },
  },
  createProject: {
    method: 'post',
    path: '/projects',
    tag: 'Projects',
    summary: 'Create a project',
    access: 'generations:write',
    body: createProject,
    idempotent: true,
    replies: { 201: project },
  },
  readProject: {
    method: 'get',
    path: '/projects/:id',
    tag: 'Projects',
    summary: 'One project',
    access: 'avatars:read',
    params: byId,
    replies: { 200: project },
  },
} as const satisfies Record<string, Route>;
