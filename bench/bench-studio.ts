import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CreateGeneration } from '#contract/generation.ts';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { migrate } from '#drizzle/migrate/migrate.ts';
import { openAccount } from '#drizzle/queries/accounts/accounts.ts';
import { insertGeneration } from '#drizzle/queries/generations/generations.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { DATABASES } from '#stack/postgres/databases.ts';
import { createProgress } from '#stack/progress.ts';
import { startTemporaryStack, testEnvironment, type TemporaryStack } from '#tests/support/temporary-stack.ts';
import { createMeter, type Meter } from './meter/meter.ts';
import { enableStatementStatistics } from './meter/statement-statistics.ts';
import { createFloorDatabase, FLOOR_DATABASE } from './rounds/floor.ts';
import type { BenchUser, GenerateRequest } from './rounds/generate-request.ts';

export const TIER = 'pro';
const PROVIDER = { provider: 'illustrator', model: 'illustrator-1' } as const;
const PROMPTS = [
  'a lighthouse keeper in a yellow coat',
  'a smiling gardener with freckles',
  'an old sea captain, stern, gray beard',
  'a young inventor with round glasses',
];
/** One account is one row that all its reserves lock: as many users as requests are usually under way. */
const USERS = 16;
/** Below the tier's daily limit, for warm-ups. */
const AVATARS_A_USER = TIER_RULES[TIER].dailyGenerations * 0.8;
/** Rows; the pool refuses more callers than it can serve in time. */
const INSERTED_AT_ONCE = 64;

export type SizePx = 512 | 768 | 1024;

/** A new stack with users that have enough credits, and a meter for its processes. */
export interface BenchStudio {
  readonly stack: TemporaryStack;
  readonly database: Database;
  readonly meter: Meter;
  readonly users: readonly BenchUser[];
  readonly sizePx: SizePx;
  /** Requests without rows. Every round requests the same images. */
  requests(count: number): GenerateRequest[];
  /** Requests whose rows are stored, as the API does before it starts a workflow. */
  insertRequests(count: number): Promise<GenerateRequest[]>;
  close(): Promise<void>;
}

/**
 * @param generations avatars in all rounds together
 * @param env further variables of the stack
 */
export async function openBenchStudio(
  generations: number,
  sizePx: SizePx,
  env: Readonly<Record<string, string>> = {},
): Promise<BenchStudio> {
  // As `npm start` runs it: with fsync, which the tests do without.
  const stack = await startTemporaryStack({
    durable: true,
    progress: createProgress(process.stderr),
    env: { ...testEnvironment(), ...env },
  });
  try {
    await enableStatementStatistics(stack);
    await migrate(stack.databaseOwnerUrl);
    const database = createDatabase({ url: stack.databaseUrl, poolSize: 20, applicationName: 'bench' });
    await createFloorDatabase(stack);
    const users = await openUsers(database, Math.max(USERS, Math.ceil(generations / AVATARS_A_USER)));
    const requests = (count: number) => requestsOf(users, count);
    return {
      stack,
      database,
      users,
      sizePx,
      meter: await openMeter(stack),
      requests,
      async insertRequests(count) {
        const inserted = requests(count);
        for (let from = 0; from < count; from += INSERTED_AT_ONCE) {
          const some = inserted.slice(from, from + INSERTED_AT_ONCE);
          await Promise.all(some.map((request) => insertRequest(database, request, sizePx)));
        }
        return inserted;
      },
      async close() {
        await database.close();
        await stack.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function openMeter(stack: TemporaryStack): Promise<Meter> {
  const meter = createMeter({
    databaseOwnerUrl: stack.databaseOwnerUrl,
    databases: [DATABASES.app, DATABASES.temporal, DATABASES.temporalVisibility, FLOOR_DATABASE],
    gcsEndpoint: stack.storage.endpoint ?? '',
    temporalMetricsUrl: stack.temporalMetricsUrl ?? '',
    namespace: stack.temporalNamespace,
  });
  meter.add({ name: 'temporal', pid: await recordedPid(stack.dataDir, 'temporal-server') });
  meter.add({ name: 'postgres', pid: await recordedPid(stack.dataDir, 'postgres') });
  meter.add({ name: 'gcs', pid: await recordedPid(stack.dataDir, 'fake-gcs-server') });
  return meter;
}

async function openUsers(database: Database, count: number): Promise<BenchUser[]> {
  const open = async (subject: string): Promise<BenchUser> => {
    const { id: accountId } = await openAccount(database, { subject, tier: TIER });
    const amount = TIER_RULES[TIER].dailyGenerations * DEFAULT_PRICES.generate;
    await topup(database, { accountId, amount, reference: subject });
    const id = randomUUID();
    const { project } = await createProject(database, { id, accountId, name: 'Bench', description: '' });
    return { subject, accountId, projectId: project.id };
  };
  return Promise.all(Array.from({ length: count }, (_unused, index) => open(`bench|${index}`)));
}

function requestsOf(users: readonly BenchUser[], count: number): GenerateRequest[] {
  return Array.from({ length: count }, (_unused, index) => ({
    ...(users[index % users.length] as BenchUser),
    id: randomUUID(),
    index,
  }));
}

/** The body of the POST. */
export function requestOf(index: number, size: SizePx): CreateGeneration & { readonly prompt: string } {
  const prompt = PROMPTS[index % PROMPTS.length] ?? '';
  return { sourceType: 'text_to_image', prompt, options: { provider: PROVIDER.provider, seed: index, size } };
}

async function insertRequest(
  database: Database,
  { id, accountId, projectId, index }: GenerateRequest,
  sizePx: SizePx,
): Promise<void> {
  const request = requestOf(index, sizePx);
  await insertGeneration(database, {
    id,
    accountId,
    projectId,
    sourceType: 'text_to_image',
    request,
    requestHash: '0'.repeat(64),
    price: DEFAULT_PRICES.generate,
    tier: TIER,
    priority: TIER_RULES[TIER].priorityKey,
    plan: [PROVIDER],
    seed: index,
    builtPrompt: buildPrompt({ prompt: request.prompt }),
  });
}

const runRecord = z.object({ pid: z.number().int() });

async function recordedPid(dataDir: string, name: string): Promise<number> {
  return runRecord.parse(JSON.parse(await readFile(join(dataDir, 'run', `${name}.json`), 'utf8'))).pid;
}
