import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { sharedStack, uniqueSuffix } from '../support/stack.ts';
import type { JudgeReply, JudgeRequest } from './judge.ts';

/** What became of a mutant. */
type Judgment =
  /** `killedBy`: the first test that failed; null: it survived. */
  | { readonly kind: 'judged'; readonly killedBy: string | null }
  /** It is not valid SQL. */
  | { readonly kind: 'invalid' };

export interface Judging {
  /** Applies the mutant to a copy of the migrated database, and runs tests on copies of that. */
  judge(sql: string, tests: Pick<JudgeRequest, 'files' | 'testName'>): Promise<Judgment>;
  close(): Promise<void>;
}

/** A judge that neither replies nor ends is stuck, ms. */
const REPLY_TIMEOUT_MS = 180_000;

/** Starts vitest in a process of its own, once for all mutants. */
export async function startJudging(): Promise<Judging> {
  const stack = sharedStack();
  const judge = fork(new URL('./judge.ts', import.meta.url), { env: ownEnvironment(), stdio: 'inherit' });
  const receive = async (): Promise<unknown> => {
    const [message] = (await once(judge, 'message', { signal: AbortSignal.timeout(REPLY_TIMEOUT_MS) })) as [unknown];
    return message;
  };
  await receive();
  // One name for all: the judge's threads may remember what they were given first.
  const databaseTemplate = `mutant_${uniqueSuffix()}`;
  return {
    async judge(sql, tests) {
      await asAdmin(stack.databaseAdminUrl, `CREATE DATABASE ${databaseTemplate} TEMPLATE ${stack.databaseTemplate}`);
      try {
        const url = new URL(stack.databaseAdminUrl);
        url.pathname = `/${databaseTemplate}`;
        if (!(await isApplied(url.href, sql))) return { kind: 'invalid' };
        const reply = receive();
        judge.send({ stack: { ...stack, databaseTemplate }, ...tests } satisfies JudgeRequest);
        return { kind: 'judged', ...((await reply) as JudgeReply) };
      } finally {
        await asAdmin(stack.databaseAdminUrl, `DROP DATABASE ${databaseTemplate} WITH (FORCE)`);
      }
    },
    async close() {
      judge.kill('SIGKILL');
      if (judge.exitCode === null) await once(judge, 'exit');
    },
  };
}

/** Without what tells this process that it is a worker of vitest, or a part of a long run. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|TEST$|LONG_|NODE_OPTIONS|NODE_V8_COVERAGE)/.test(name),
  );
  return Object.fromEntries(own);
}

async function isApplied(url: string, sql: string): Promise<boolean> {
  try {
    await asAdmin(url, sql);
    return true;
  } catch {
    return false;
  }
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
