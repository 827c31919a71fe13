import type { ProjectDefaults } from '#contract/project.ts';
import { COUNTED_MAX } from '#domain/account/list-length.ts';
import { and, desc, eq, isNull, notInArray, type SQL, sql } from '../../orm.ts';
import { HIDDEN_STATES } from '#domain/moderation/review.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { olderThan } from '../keyset.ts';
import { countOf, countRows, type Page, pageOf, type PageRequest, totalOfPage } from '../page.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { projects } from '#drizzle/schema/projects.ts';
import { retrying } from '#drizzle/connection/transient.ts';

/** Images shown on a project's card. */
const COVERS = 4;

interface Cover {
  readonly avatarId: string;
  readonly thumbnailObject: string;
  /** Base64. */
  readonly thumbhash: string | null;
}

export interface Project {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly description: string;
  readonly defaults: ProjectDefaults;
  readonly avatarCount: number;
  /** The newest avatars, at most four. */
  readonly covers: Cover[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewProject {
  /** Chosen by the caller: the same id is the same project. */
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly description: string;
  /** Empty by default. */
  readonly defaults?: ProjectDefaults | undefined;
}

/** Fields to update; the others are unchanged. */
export interface ProjectChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly defaults?: ProjectDefaults | undefined;
}

/** Creates a project. `created` is false if the id exists already; then the existing project is returned unchanged. */
export async function createProject(
  database: Database,
  project: NewProject,
): Promise<{ readonly created: boolean; readonly project: Project }> {
  const written = await retrying(() =>
    database.db.insert(projects).values(project).onConflictDoNothing().returning({ id: projects.id }),
  );
  const stored = await readProject(database, project.accountId, project.id);
  if (!stored) throw new Error(`Project ${project.id} belongs to another account or was deleted at once`);
  return { created: written.length === 1, project: stored };
}

/** @returns undefined if the project is missing or belongs to another account */
export async function readProject(database: Database, accountId: string, id: string): Promise<Project | undefined> {
  const [row] = await retrying(() =>
    selectProjects(database, {}).where(and(eq(projects.id, id), eq(projects.accountId, accountId))),
  );
  return row;
}

/** @returns a project's defaults; undefined if it is missing or belongs to another account */
export async function readProjectDefaults(
  database: Database,
  accountId: string,
  id: string,
): Promise<ProjectDefaults | undefined> {
  const [row] = await retrying(() =>
    database.db
      .select({ defaults: projects.defaults })
      .from(projects)
      .where(and(eq(projects.id, id), eq(projects.accountId, accountId))),
  );
  return row?.defaults;
}

/** Updates the given fields. `updatedAt` increases even within a millisecond, because a replay detects an edit by it. */
export async function updateProject(
  database: Database,
  accountId: string,
  id: string,
  { name, description, defaults }: ProjectChange,
): Promise<Project | undefined> {
  const written = await retrying(() =>
    database.db
      .update(projects)
      .set({
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(defaults !== undefined && { defaults }),
        updatedAt: sql`greatest(now(), ${projects.updatedAt} + interval '1 millisecond')`,
      })
      .where(and(eq(projects.id, id), eq(projects.accountId, accountId)))
      .returning({ id: projects.id }),
  );
  return written.length === 1 ? readProject(database, accountId, id) : undefined;
}

export interface DeletedProject {
  readonly avatarCount: number;
  /** Its unfinished generations, which were cancelled and whose holds were released. */
  readonly cancelledIds: string[];
}

/**
 * Deletes a project with its avatars, in one transaction.
 * @returns undefined if it is missing or belongs to another account; `too_big` if {@link emptyProject} must empty it first
 */
export async function deleteProject(
  database: Database,
  accountId: string,
  id: string,
): Promise<DeletedProject | 'too_big' | undefined> {
  const [row] = await database.call<{ outcome: string; avatar_count: string; cancelled: string[] }>(
    'projects.delete',
    'SELECT outcome, avatar_count, cancelled FROM delete_project($1, $2)',
    [accountId, id],
  );
  if (row?.outcome === 'too_big') return 'too_big';
  if (row?.outcome !== 'deleted') return undefined;
  return { avatarCount: Number(row.avatar_count), cancelledIds: row.cancelled };
}

/** One round: permanently deletes at most `limit` avatars and detaches as many final generations. @returns the numbers of both */
export async function emptyProject(
  database: Database,
  accountId: string,
  id: string,
  { limit }: { readonly limit: number },
): Promise<{ readonly avatars: number; readonly generations: number }> {
  const [row] = await database.call<{ avatar_count: string; generation_count: string }>(
    'projects.empty',
    'SELECT avatar_count, generation_count FROM empty_project($1, $2, $3)',
    [accountId, id, limit],
  );
  return { avatars: Number(row?.avatar_count ?? 0), generations: Number(row?.generation_count ?? 0) };
}

/** An account's projects, newest first. */
export async function listProjects(database: Database, accountId: string, page: PageRequest): Promise<Page<Project>> {
  const ownProjects = eq(projects.accountId, accountId);
  const rows = await retrying(() =>
    selectProjects(database, { counted: countOf(projects, ownProjects) })
      .where(and(ownProjects, olderThan(projects.createdAt, projects.id, page.after)))
      .orderBy(desc(projects.createdAt), desc(projects.id))
      .limit(page.limit + 1)
      .prepare(`projects.list.${page.after ? 'after' : 'first'}`)
      .execute(),
  );
  const total = await totalOfPage(rows, page, () => countRows(database, projects, ownProjects));
  const items = rows.map(({ counted: _counted, ...project }) => project);
  return pageOf(items, page.limit, total);
}

function selectProjects<More extends Record<string, SQL>>({ db }: Database, more: More) {
  const shown = and(eq(avatars.projectId, projects.id), isNull(avatars.trashedAt));
  const countable = db
    .select({ one: sql`1`.as('one') })
    .from(avatars)
    .where(shown)
    .limit(COUNTED_MAX)
    .as('countable');
  const counted = db
    .select({ count: sql<number>`count(*)::int`.as('count') })
    .from(countable)
    .as('counted');
  const newest = db
    .select({
      avatarId: avatars.id,
      thumbnailObject: avatars.thumbnailObject,
      thumbhash: avatars.thumbhash,
      createdAt: avatars.createdAt,
    })
    .from(avatars)
    .where(and(shown, notInArray(avatars.review, [...HIDDEN_STATES])))
    .orderBy(desc(avatars.createdAt), desc(avatars.id))
    .limit(COVERS)
    .as('newest');
  const covers = db
    .select({
      covers: sql<Cover[]>`coalesce(json_agg(json_build_object('avatarId', ${newest.avatarId}, 'thumbnailObject',
        ${newest.thumbnailObject}, 'thumbhash', ${newest.thumbhash}) ORDER BY ${newest.createdAt} DESC, ${newest.avatarId} DESC), '[]')`.as(
        'covers',
      ),
    })
    .from(newest)
    .as('covered');
  return db
    .select({
      ...more,
      id: projects.id,
      accountId: projects.accountId,
      name: projects.name,
      description: projects.description,
      defaults: projects.defaults,
      avatarCount: counted.count,
      covers: covers.covers,
      createdAt: projects.createdAt,
      updatedAt: projects.updatedAt,
    })
    .from(projects)
    .innerJoinLateral(counted, sql`true`)
    .innerJoinLateral(covers, sql`true`);
}
