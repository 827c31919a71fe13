import { randomUUID } from 'node:crypto';
import { openAccount } from '#drizzle/queries/accounts/accounts.ts';
import { createWebhook } from '#drizzle/queries/accounts/webhooks.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { retryingFor } from '#drizzle/connection/transient.ts';
import { WEBHOOK_EVENTS } from '#domain/account/webhook.ts';
import type { FaultStudio } from '../studio/fault-studio.ts';
import type { FaultUser } from './journal.ts';

/** More than one user can spend. */
const CREDITS = 1_000_000;
/** Of all users' webhooks. */
export const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OPEN_TIMEOUT_MS = 60_000;

/** Opens an account with a project and credits, past the API. @param webhookUrl undefined: without a webhook */
export async function openUser(studio: FaultStudio, name: string, webhookUrl?: string): Promise<FaultUser> {
  const { database } = studio;
  const subject = `fault|${name}`;
  const token = await studio.tokens.forUser({ sub: subject, tier: 'pro' });
  return retryingFor(OPEN_TIMEOUT_MS, async () => {
    const { id: accountId } = await openAccount(database, { subject, tier: 'pro' });
    await topup(database, { accountId, amount: CREDITS, reference: name });
    const { project } = await createProject(database, { id: randomUUID(), accountId, name: 'Faults', description: '' });
    if (webhookUrl !== undefined) {
      await createWebhook(database, {
        id: randomUUID(),
        accountId,
        url: webhookUrl,
        events: WEBHOOK_EVENTS,
        secret: WEBHOOK_SECRET,
      });
    }
    return {
      subject,
      token,
      accountId,
      projectId: project.id,
      webhookSecret: webhookUrl === undefined ? undefined : WEBHOOK_SECRET,
      accepted: 0,
      isErased: false,
    };
  });
}
