import type { Page } from 'playwright-core';
import { STARTER_REFERENCE } from '#domain/account/starter-credits.ts';
import { asOwner, ownerUrlOf } from '../support/as-owner.ts';
import type { WebStudio } from './open-web-studio.ts';

const HOUR_MS = 3_600_000;

/** Signs a new free-tier user with exactly these credits in on this page, before its first load. */
export async function signInWithCredits(page: Page, { api, studio }: WebStudio, credits: number): Promise<void> {
  const { accountId } = await studio.user({ credits: 0 });
  // Replaces the starter credits.
  await asOwner(await ownerUrlOf(studio.database), (owner) =>
    owner.query("INSERT INTO credit_transfers (kind, account_id, amount, reference) VALUES ('topup', $1, $2, $3)", [
      accountId,
      credits,
      STARTER_REFERENCE,
    ]),
  );
  const rows = await studio.database.call<{ subject: string }>(
    'test.subject',
    'SELECT subject FROM accounts WHERE id = $1',
    [accountId],
  );
  const token = await api.tokens.forUser({ sub: rows[0]!.subject, tier: 'free', name: 'Ada' });
  await page.addInitScript(
    (session) => sessionStorage.setItem('session', session),
    JSON.stringify({ token, expiresAtMs: Date.now() + HOUR_MS }),
  );
}
