import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '#domain/generation/generation.ts';
import type { Generation } from '#contract/generation.ts';
import { sendAsUser } from '../load/user-client.ts';
import type { Check, Evidence } from './check.ts';

const CONCURRENCY = 12;

/** Those whose user still exists. */
function promised({ load }: Evidence) {
  return [...load.journal.accepted.values()].filter(({ user }) => !user.isErased);
}

/** Every generation that was answered with 201 or 202 is known to the restarted API, and final; no answer contradicts another. */
export const acceptedIsKnown: Check = async (evidence) => {
  const { studio, load } = evidence;
  const findings = [...load.journal.contradictions];
  const all = promised(evidence);
  for (let start = 0; start < all.length; start += CONCURRENCY) {
    const chunk = all.slice(start, start + CONCURRENCY);
    const found = await Promise.all(
      chunk.map(async ({ id, user }) => {
        const answer = await sendAsUser(studio.apiUrl, {
          method: 'GET',
          path: `/generations/${id}`,
          token: user.token,
        });
        if (answer?.status !== 200) return [`generation ${id} was accepted and is answered with ${answer?.status}`];
        const { status } = answer.body as Generation;
        return isFinal(status) || isRefused(answer.body as Generation) ? [] : [`generation ${id} is still ${status}`];
      }),
    );
    findings.push(...found.flat());
  }
  return findings;
};

function isRefused({ status, refusal }: Generation): boolean {
  return status === 'requested' && refusal !== null;
}

/** Longer than the silence after which a page reconnects. */
const PAGES_TIMEOUT_MS = 60_000;
const PAGES_POLL_MS = 500;

type Pages = Pick<Evidence, 'studio' | 'load'>;

/**
 * Waits until pages that stayed open have seen the final state of every generation, the same as the database has. To be called before
 * the API is restarted, after which every page gets a new snapshot.
 *
 * @returns what they have not seen in time, one sentence each
 */
export async function waitForPages(evidence: Pages): Promise<string[]> {
  const endMs = performance.now() + PAGES_TIMEOUT_MS;
  for (;;) {
    const unseen = await unseenStates(evidence);
    if (unseen.length === 0 || performance.now() > endMs) return unseen;
    await sleep(PAGES_POLL_MS);
  }
}

async function unseenStates({ studio, load }: Pages): Promise<string[]> {
  const rows = await studio.database.call<{ id: string; status: string; account_id: string }>(
    'faults.final',
    `SELECT id, status, account_id FROM avatar_generations WHERE status IN ('completed', 'failed', 'cancelled')`,
    [],
  );
  const clientOf = new Map(load.eventClients.map((client) => [client.user.accountId, client]));
  return rows.flatMap(({ id, status, account_id: accountId }) => {
    const client = clientOf.get(accountId);
    if (client === undefined || client.user.isErased || !load.journal.accepted.has(id)) return [];
    const seen = client.seen.get(id);
    return seen?.status === status
      ? []
      : [`generation ${id} is ${status}, its user's page shows ${seen?.status ?? 'nothing'}`];
  });
}

export const pagesSawTheEnd: Check = async ({ unseen }) => [...unseen];
