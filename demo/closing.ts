import { audit } from '#drizzle/ledger/audit.ts';
import type { Credits } from '#contract/credits.ts';
import type { Transfer } from '#sdk/contract-types.ts';
import type { DemoStudio } from './demo-studio.ts';
import type { Narrator } from './narrator.ts';

/** All transfers of the demo, in one page of the list. */
const STATEMENT_LIMIT = 100;

/** The ledger's audit and the account's statement, as its user gets it. */
export async function closing(studio: DemoStudio, narrator: Narrator): Promise<void> {
  narrator.act(
    5,
    'The ledger',
    'The audit is a query for every state that must never occur. The statement is the account’s.',
  );
  const { body: credits } = await studio.request<Credits>('GET', '/credits');
  const { body: statement } = await studio.request<{ data: Transfer[] }>(
    'GET',
    `/credits/transfers?limit=${STATEMENT_LIMIT}`,
  );
  for (const { kind, amount, availableAfter, createdAt } of statement.data.toReversed())
    narrator.row([createdAt.slice(11, 19), kind.padEnd(8), String(amount).padStart(5), `available ${availableAfter}`]);
  const [{ completed } = { completed: 0 }] = await studio.database.call<{ completed: number }>(
    'demo.completed',
    `SELECT count(*)::int AS completed FROM avatar_generations WHERE project_id = $1 AND status = 'completed'`,
    [studio.projectId],
  );
  const captures = statement.data.filter(({ kind }) => kind === 'capture').length;
  narrator.say(`Balance: ${credits.available} available, ${credits.held} held.`);
  narrator.check(`${completed} avatars delivered, ${captures} charged`, captures, completed);
  narrator.check('no credits are left on hold', credits.held, 0);
  narrator.check('the audit of the ledger finds nothing', await audit(studio.database), []);
}
