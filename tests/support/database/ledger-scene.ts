import { randomUUID } from 'node:crypto';
import type { Fixture } from './fixture.ts';
import { LedgerModel } from './ledger-model.ts';
import { AVATARS_PER_REQUEST, type Scene } from './ledger-steps.ts';
import { newTenant, requested } from './world.ts';

/** So few that every limit is close. */
const LIMITS = { dailyLimit: 4, unfinishedLimit: 3 };
const BALANCE = 100;

/**
 * Opens two accounts for a property test, the first with requested generations of increasing prices, and the model of its ledger.
 * @param requests up to five cost 20 to 80 credits each
 */
export async function openScene(
  { database, owner, urls }: Fixture,
  requests: number,
): Promise<{ scene: Scene; model: LedgerModel }> {
  const tenant = await newTenant(database);
  await owner.query('UPDATE accounts SET daily_limit = $2, unfinished_limit = $3 WHERE id = $1', [
    tenant.account.id,
    LIMITS.dailyLimit,
    LIMITS.unfinishedLimit,
  ]);
  const model = new LedgerModel({ posted: BALANCE, ...LIMITS });
  for (let i = 0; i < requests; i += 1) {
    const { id, price } = await requested(database, tenant, { price: 20 + 15 * i });
    model.requests.push({ id, price, status: 'requested' });
  }
  const { id: strangerId } = (await newTenant(database)).account;
  model.strangerPosted = BALANCE;
  const avatarIds = Array.from({ length: requests * AVATARS_PER_REQUEST }, () => randomUUID());
  const requestIds = model.requests.map(({ id }) => id);
  return { model, scene: { database, url: urls.url, accountId: tenant.account.id, strangerId, requestIds, avatarIds } };
}
