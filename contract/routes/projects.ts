import { listQuery } from '../list.ts';
import { createProject, project, projectList, updateProject } from '../project.ts';
import { NO_CONTENT, type Route } from '../route.ts';
import { byId } from '../text.ts';

/** Projects: folders of avatars, with defaults. */
export const projectsRoutes = {
  listProjects: {
    method: 'get',
    path: '/projects',
    tag: 'Projects',
    summary: 'List the caller’s projects, newest first',
    access: 'avatars:read',
    onBehalf: true,
    query: listQuery,
    replies: { 200: projectList },
  },
  createProject: {
    method: 'post',
    path: '/projects',
    tag: 'Projects',
    summary: 'Create a project',
    access: 'avatars:write',
    onBehalf: true,
    opensAccount: true,
    body: createProject,
    idempotent: true,
    replies: { 201: project },
    problems: ['prompt_not_allowed'],
  },
  readProject: {
    method: 'get',
    path: '/projects/:id',
    tag: 'Projects',
    summary: 'Read a project',
    access: 'avatars:read',
    onBehalf: true,
    params: byId,
    replies: { 200: project },
  },
  updateProject: {
    method: 'patch',
    path: '/projects/:id',
    tag: 'Projects',
    summary: 'Change a project',
    access: 'avatars:write',
    params: byId,
    body: updateProject,
    replies: { 200: project },
    problems: ['prompt_not_allowed'],
  },
  deleteProject: {
    method: 'delete',
    path: '/projects/:id',
    tag: 'Projects',
    summary: 'Delete a project with all its avatars; unfinished generations are cancelled and their credits returned',
    access: 'avatars:delete',
    params: byId,
    replies: { 204: NO_CONTENT },
  },
} as const satisfies Record<string, Route>;
