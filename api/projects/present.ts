import type { Project } from '#contract/project.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import type { Project as ProjectRow } from '#drizzle/queries/avatars/projects.ts';

export type PresentProject = (row: ProjectRow) => Promise<Project>;

/** Maps a row to the contract, with signed URLs for its covers. */
export function presentProjects(store: Pick<ImageStore, 'signedUrl'>): PresentProject {
  return async (row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    defaults: row.defaults,
    avatarCount: row.avatarCount,
    covers: await Promise.all(
      row.covers.map(async ({ thumbnailObject, thumbhash }) => ({
        thumbnailUrl: await store.signedUrl(thumbnailObject),
        placeholder: thumbhash,
      })),
    ),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  });
}
