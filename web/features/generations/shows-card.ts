import type { Generation } from '#contract/generation.ts';

/** Pages of a project that show its cards: the project itself, also behind the dialogs for a new avatar and an upload. */
const WITH_CARDS = /^\/projects\/([^/]+)(?:\/(?:new|upload))?\/?$/u;

/** Whether the page at this path shows the card of the generation, so that the user sees it end. */
export function showsCard(pathname: string, { projectId }: Pick<Generation, 'projectId'>): boolean {
  if (pathname === '/queue') return true;
  return projectId !== null && WITH_CARDS.exec(pathname)?.[1] === projectId;
}
