import type { Page } from 'playwright-core';
import { STARTER_REFERENCE } from '../../domain/starter-credits.ts';
import { topup } from '../../drizzle/ledger/topup.ts';
import type { WebStudio } from './open-web-studio.ts';

const HOUR_MS = 3_600_000;

/** Somebody of the free tier with exactly these credits is signed in on this page from its first moment. */
export async function signInWithCredits(page: Page, { api, studio }: WebStudio, credits: number): Promise<void> {
  const { accountId } = await studio.person({ credits: 0 });
  await topup(studio.database, { accountId, amount: credits, reference: STARTER_REFERENCE }); // in place of the usual ones
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
