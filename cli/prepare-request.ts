import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CreateGeneration } from '#contract/generation.ts';
import { LIST_LIMIT_MAX } from '#contract/list.ts';
import { ROUTES } from '#contract/routes.ts';
import { UsageError, type GenerateRequest } from './arguments.ts';
import type { StudioClient } from './studio-client.ts';

const LARGEST_PAGE = { limit: String(LIST_LIMIT_MAX) };

/** The id of the newest project with that name; a new project if there is none. */
export async function projectNamed(client: StudioClient, name: string): Promise<string> {
  const { data } = await client.call(ROUTES.listProjects, { query: LARGEST_PAGE });
  const known = data.find((project) => project.name === name);
  if (known !== undefined) return known.id;
  const created = await client.call(ROUTES.createProject, { body: { name }, idempotencyKey: randomUUID() });
  return created.id;
}

/** The request body, with the preset's id. @throws UsageError when there is no such preset */
export async function requestFor(
  client: StudioClient,
  { request, preset }: GenerateRequest,
): Promise<CreateGeneration> {
  if (preset === undefined) return request;
  if (z.uuid().safeParse(preset).success) return { ...request, presetId: preset };
  const { data } = await client.call(ROUTES.listPresets, { query: LARGEST_PAGE });
  const wanted = preset.toLowerCase();
  const found =
    data.find(({ name }) => name.toLowerCase() === wanted) ??
    data.find(({ name }) => name.toLowerCase().includes(wanted));
  if (found === undefined) {
    throw new UsageError(
      `There is no preset "${preset}". Available presets: ${data.map(({ name }) => name).join(', ')}.`,
    );
  }
  return { ...request, presetId: found.id };
}
