import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CreateGeneration } from '#contract/generation.ts';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { migrate } from '#drizzle/migrate/migrate.ts';
import { openAccount } from '#drizzle/queries/accounts/accounts.ts';
import { insertGeneration } from '#drizzle/queries/generations/generations.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { createProgress } from '#stack/progress.ts';
import { startTemporaryStack, type TemporaryStack } from '#tests/support/temporary-stack.ts';

/** Tier without a daily limit that a benchmark could reach. */
const TIER = 'service';
const PRIORITY = 1;
const PROVIDER = { provider: 'illustrator', model: 'illustrator-1' } as const;
const PROMPTS = [
  'a lighthouse keeper in a yellow coat',
  'a smiling gardener with freckles',
  'an old sea captain, stern, gray beard',
  'a young inventor with round glasses',
];

/** One generation to run: the input of both the API and the plain loop. */
export interface GenerateRequest {
  readonly id: string;
  readonly accountId: string;
  readonly projectId: string;
}

/** A new stack with one account that has enough credits. */
export interface BenchStudio {
  readonly stack: TemporaryStack;
  readonly database: Database;
  /** Stores the requests of a round; every round requests the same images. */
  insertRequests(count: number): Promise<GenerateRequest[]>;
  /** Process ids of what the stack runs. */
  readonly pids: { readonly temporal: number; readonly postgres: number };
  close(): Promise<void>;
}

/** @param sizePx longer side of the images */
export async function openBenchStudio(generations: number, sizePx: 512 | 768 | 1024): Promise<BenchStudio> {
  // As `npm start` runs it: with fsync, which the tests do without.
  const stack = await startTemporaryStack({ durable: true, progress: createProgress(process.stderr) });
  try {
    await migrate(stack.databaseOwnerUrl);
    const database = createDatabase({ url: stack.databaseUrl, poolSize: 20, applicationName: 'bench' });
    const account = await openAccount(database, { subject: 'bench', tier: TIER });
    const amount = generations * DEFAULT_PRICES.generate;
    await topup(database, { accountId: account.id, amount, reference: 'bench' });
    const { project } = await createProject(database, {
      id: randomUUID(),
      accountId: account.id,
      name: 'Bench',
      description: '',
    });
    return {
      stack,
      database,
      async insertRequests(count) {
        const insert = (index: number) => insertRequest(database, account.id, project.id, index, sizePx);
        const ids = await Promise.all(Array.from({ length: count }, (_unused, index) => insert(index)));
        return ids.map((id) => ({ id, accountId: account.id, projectId: project.id }));
      },
      pids: {
        temporal: await recordedPid(stack.dataDir, 'temporal-server'),
        postgres: await recordedPid(stack.dataDir, 'postgres'),
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

async function insertRequest(
  database: Database,
  accountId: string,
  projectId: string,
  index: number,
  size: 512 | 768 | 1024,
): Promise<string> {
  const prompt = PROMPTS[index % PROMPTS.length] ?? '';
  const request: CreateGeneration = { sourceType: 'text_to_image', prompt, options: { seed: index, size } };
  const id = randomUUID();
  await insertGeneration(database, {
    id,
    accountId,
    projectId,
    sourceType: 'text_to_image',
    request,
    requestHash: '0'.repeat(64),
    price: DEFAULT_PRICES.generate,
    tier: TIER,
    priority: PRIORITY,
    plan: [PROVIDER],
    seed: index,
    builtPrompt: buildPrompt({ prompt }),
  });
  return id;
}

const runRecord = z.object({ pid: z.number().int() });

async function recordedPid(dataDir: string, name: string): Promise<number> {
  return runRecord.parse(JSON.parse(await readFile(join(dataDir, 'run', `${name}.json`), 'utf8'))).pid;
}
