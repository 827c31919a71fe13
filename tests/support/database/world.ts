import { randomUUID } from 'node:crypto';
import { imageObject, thumbnailObject } from '#domain/generation/object-name.ts';
import type { Tier } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { NewAvatar } from '#drizzle/ledger/record.ts';
import { reserve } from '#drizzle/ledger/reserve.ts';
import { type Account, openAccount } from '#drizzle/queries/accounts/accounts.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { insertGeneration, type NewGeneration } from '#drizzle/queries/generations/generations.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';

export const DEADLINE_MS = 60_000;

/** An account with credits and a project. */
export interface Tenant {
  readonly account: Account;
  readonly projectId: string;
}

export async function newTenant(database: Database, tier: Tier = 'free'): Promise<Tenant> {
  const account = await openAccount(database, { subject: `test|${randomUUID()}`, tier });
  const projectId = randomUUID();
  await createProject(database, { id: projectId, accountId: account.id, name: 'Cast', description: '' });
  return { account, projectId };
}

export function aGenerationRequest(tenant: Tenant, changes: Partial<NewGeneration> = {}): NewGeneration {
  return {
    id: randomUUID(),
    accountId: tenant.account.id,
    projectId: tenant.projectId,
    sourceType: 'text_to_image',
    request: { sourceType: 'text_to_image', prompt: 'an archmage' },
    requestHash: 'a'.repeat(64),
    price: 10,
    tier: tenant.account.tier,
    priority: 4,
    plan: [{ provider: 'illustrator', model: 'illustrator-1' }],
    seed: 4_294_967_295,
    builtPrompt: 'an archmage.',
    ...changes,
  };
}

/** Inserts a requested generation, without a hold. */
export async function requested(
  database: Database,
  tenant: Tenant,
  changes: Partial<NewGeneration> = {},
): Promise<Generation> {
  const outcome = await insertGeneration(database, aGenerationRequest(tenant, changes));
  if (outcome.kind === 'no_project') throw new Error('The tenant has no such project');
  return outcome.generation;
}

/** Inserts and admits a generation, which then holds its price. */
export async function admitted(
  database: Database,
  tenant: Tenant,
  changes: Partial<NewGeneration> = {},
): Promise<Generation> {
  const generation = await requested(database, tenant, changes);
  const outcome = await reserve(database, { generationId: generation.id, deadlineMs: DEADLINE_MS });
  if (outcome.kind !== 'admitted') throw new Error(`Admission returned ${outcome.kind}`);
  return generation;
}

export function anAvatar(accountId: string, changes: Partial<NewAvatar> = {}): NewAvatar {
  const id = changes.id ?? randomUUID();
  const contentHash = 'c'.repeat(64);
  return {
    id,
    name: 'Archmage',
    persona: { name: 'Ysolde', age: 61, personality: ['wry'], background: 'keeps the lighthouse' },
    attributes: { gender: 'woman', ageRange: '60+' },
    style: 'fantasy',
    prompt: 'an archmage.',
    seed: 4_294_967_295,
    provider: 'illustrator',
    model: 'illustrator-1',
    costUsd: 0.003,
    credit: null,
    image: { object: imageObject({ accountId, avatarId: id, contentHash }), bytes: 1000, sha256: 'b'.repeat(64) },
    thumbnail: { object: thumbnailObject({ accountId, avatarId: id, contentHash }), bytes: 100 },
    widthPx: 1024,
    heightPx: 1024,
    thumbhash: 'HBkSHYSIeHiPiHh8eJd4eTN0EEQG',
    ...changes,
  };
}
