import type { Page } from 'playwright-core';
import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';
import type { ListOf } from '#contract/list.ts';
import type { Profile } from '#contract/profile.ts';
import { recordImageCheck } from '#drizzle/queries/admin/moderation.ts';
import { asOwner, ownerUrlOf } from '../support/as-owner.ts';
import { callApi } from '../web/call-api.ts';
import { HELD_TEXT, REFUSED_TEXT, type WebStudio } from '../web/open-web-studio.ts';
import { SAMPLE_PROJECTS, requestsOf } from './sample-avatars.ts';
import { backdateHistory } from './backdate-history.ts';

/** Ids for the paths of the views. */
export interface PopulatedStudio {
  readonly accountId: string;
  readonly projectId: string;
  readonly emptyProjectId: string;
  readonly avatarId: string;
  readonly presetId: string;
  readonly inProgressId: string;
}

const GENERATION_LIMIT_MS = 120_000;
const PERSONA = {
  name: 'Marta Wren',
  age: 46,
  personality: ['patient', 'sharp-tongued', 'forgets nothing'],
  background: 'Bought the Gilded Carp with what her husband won at cards, and has not let anybody play there since.',
};

/** Fills a studio with the data of two busy weeks. @param page signed in as Bob */
export async function populateStudio(web: WebStudio, page: Page): Promise<PopulatedStudio> {
  const { accountId } = await callApi<Profile>(page, '/me');
  const project = (name: string, description: string) =>
    callApi<{ id: string }>(page, '/projects', { name, description });
  const generate = async (projectId: string, input: unknown) => {
    const { id } = await callApi<Generation>(page, `/projects/${projectId}/generations`, input);
    await web.studio.ended(id, GENERATION_LIMIT_MS);
    return id;
  };

  const projects: string[] = [];
  for (const [index, sample] of [...SAMPLE_PROJECTS.entries()].toReversed()) {
    const { id } = await project(sample.name, sample.description);
    projects.unshift(id);
    for (const input of requestsOf(sample, index).toReversed()) await generate(id, input);
  }
  const [projectId = '', second = ''] = projects;
  const avatars = await callApi<ListOf<Avatar>>(page, `/projects/${projectId}/avatars`);
  const [marta] = avatars.data;
  if (!marta) throw new Error('the first project has no avatar');
  const variation = {
    sourceType: 'from_reference',
    mode: 'variation',
    reference: { avatarId: marta.id },
    strength: 0.5,
  };
  for (let times = 0; times < 2; times += 1)
    await generate(projectId, { ...variation, name: marta.name, options: { provider: 'illustrator' } });
  const preset = await callApi<{ id: string }>(page, '/presets', {
    category: 'Fantasy',
    name: 'Gilded Carp regular',
    prompt: 'Somebody who has their own mug behind the bar. Warm light, low ceiling.',
  });
  const { id: emptyProjectId } = await project('Board game', 'Twelve suspects and a butler');

  const [inReview, trashed] = (await callApi<ListOf<Avatar>>(page, `/projects/${second}/avatars`)).data;
  const ids = [trashed?.id, avatars.data[8]?.id];
  await callApi(page, '/avatars/bulk', { ids, action: 'trash' });
  if (inReview) {
    const check = {
      generationId: inReview.generation.id,
      outcome: 'review',
      scores: { sexy: 0.64, neutral: 0.36 },
    } as const;
    await recordImageCheck(web.studio.database, check);
  }
  await asOwner(await ownerUrlOf(web.studio.database), async (owner) => {
    await owner.query('UPDATE avatars SET persona = $2 WHERE id = $1', [marta.id, PERSONA]);
    await owner.query(`UPDATE avatars SET review = 'needs_review' WHERE id = $1`, [inReview?.id]);
    await backdateHistory(owner, accountId, marta.id);
  });

  await generate(projectId, { sourceType: 'text_to_image', name: 'Masked guest', prompt: `A ${REFUSED_TEXT}` });
  const names = ['Lamplighter', 'Ferryman', 'Rat catcher'];
  const items = names.map((name) => ({ sourceType: 'text_to_image', name, prompt: `${name} at dusk, ${HELD_TEXT}` }));
  await callApi(page, `/projects/${projectId}/batches`, { items });
  const [inProgress] = (await callApi<ListOf<Generation>>(page, '/generations?limit=1')).data;
  return {
    accountId,
    projectId,
    emptyProjectId,
    avatarId: marta.id,
    presetId: preset.id,
    inProgressId: inProgress?.id ?? '',
  };
}
