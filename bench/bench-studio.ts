import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CreateGeneration } from '#contract/generation.ts';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { migrate } from '#drizzle/migrate.ts';
import { openAccount } from '#drizzle/queries/accounts/accounts.ts';
import { insertGeneration } from '#drizzle/queries/generations/generations.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { createProgress } from '#stack/progress.ts';
import { startTemporaryStack, type TemporaryStack } from '#tests/support/temporary-stack.ts';

/** Services have no daily limit in reach of a bench. */
const TIER = 'service';
const PRIORITY = 1;
const PROVIDER = { provider: 'illustrator', model: 'illustrator-1' } as const;
const PROMPTS = [
  'a lighthouse keeper in a yellow coat',
  'a smiling gardener with freckles',
  'an old sea captain, stern, gray beard',
  'a young inventor with round glasses',
];

/** One avatar to make: what API and plain loop both begin with. */
export interface GenerateRequest {
  readonly id: string;
  readonly accountId: string;
  readonly projectId: string;
}

/** A fresh stack with one rich account. */
export interface BenchStudio {
  readonly stack: TemporaryStack;
  readonly database: Database;
  /** Writes down the requests of a round; every round requests for the same images. */
  writeDown(count: number): Promise<GenerateRequest[]>;
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
      async writeDown(count) {
        const writeRow = (index: number) => writeOneDown(database, account.id, project.id, index, sizePx);
        const ids = await Promise.all(Array.from({ length: count }, (_unused, index) => writeRow(index)));
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

async function writeOneDown(
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
