import type { adminRoutes } from '#contract/routes/admin.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { audited } from './audited.ts';
import { cancelGenerations } from './cancel-generations.ts';
import { diagnoseGeneration } from './diagnose-generation.ts';
import { findAccounts } from './find-accounts.ts';
import { grantCredits } from './grant-credits.ts';
import { grantStarterCredits } from './grant-starter-credits.ts';
import { listAudit } from './list-audit.ts';
import { readAdminAccount } from './read-account.ts';
import { setAccountBlock } from './set-account-block.ts';
import { setAccountTier } from './set-account-tier.ts';
import { triggerReconcile } from './trigger-reconcile.ts';
import { refundGeneration } from './refund-generation.ts';
import { readSwitches, setNewGenerations, setProvider } from './switches.ts';

export function adminHandlers(deps: HandlersDeps): HandlersOf<typeof adminRoutes> {
  return {
    readAdminAccount: audited<'readAdminAccount'>(
      deps,
      { act: 'account.read', target: ({ params }) => params.id },
      readAdminAccount(deps),
    ),
    findAccounts: audited<'findAccounts'>(
      deps,
      { act: 'account.search', result: ({ body: { data } }) => ({ found: data.length }) },
      findAccounts(deps),
    ),
    grantCredits: audited<'grantCredits'>(
      deps,
      {
        act: 'account.grant',
        target: ({ params }) => params.id,
        result: ({ body: { id, credits }, headers }) => ({
          transferId: id,
          available: credits.available,
          replayed: headers?.['Idempotent-Replayed'] === 'true',
        }),
      },
      grantCredits(deps),
    ),
    setAccountTier: audited<'setAccountTier'>(
      deps,
      {
        act: 'account.tier',
        target: ({ params }) => params.id,
        result: ({ body: { from, to } }) => ({ from, to }),
      },
      setAccountTier(deps),
    ),
    refundGeneration: audited<'refundGeneration'>(
      deps,
      {
        act: 'account.refund',
        target: ({ params }) => params.id,
        result: ({ body, headers }) => ({ amount: body.amount, replayed: headers?.['Idempotent-Replayed'] === 'true' }),
      },
      refundGeneration(deps),
    ),
    grantStarterCredits: audited<'grantStarterCredits'>(
      deps,
      {
        act: 'account.grant_starter',
        target: ({ params }) => params.id,
        result: ({ body, headers }) => ({ amount: body.amount, replayed: headers?.['Idempotent-Replayed'] === 'true' }),
      },
      grantStarterCredits(deps),
    ),
    setAccountBlock: audited<'setAccountBlock'>(
      deps,
      {
        act: 'account.block',
        target: ({ params }) => params.id,
        result: ({ body: { cancelled, notReached } }) => ({ cancelled, notReached }),
      },
      setAccountBlock(deps),
    ),
    readSwitches: readSwitches(deps),
    setNewGenerations: audited<'setNewGenerations'>(deps, { act: 'new_generations.set' }, setNewGenerations(deps)),
    setProvider: audited<'setProvider'>(
      deps,
      { act: 'provider.set', target: ({ params }) => params.name },
      setProvider(deps),
    ),
    cancelGenerations: audited<'cancelGenerations'>(
      deps,
      { act: 'generations.cancel', result: ({ body: { ids, notReached, more } }) => ({ ids, notReached, more }) },
      cancelGenerations(deps),
    ),
    triggerReconcile: audited<'triggerReconcile'>(deps, { act: 'reconcile.trigger' }, triggerReconcile(deps)),
    diagnoseGeneration: audited<'diagnoseGeneration'>(
      deps,
      {
        act: 'generation.diagnose',
        target: ({ params }) => params.id,
        result: ({ body: { summary, stuck } }) => ({ summary, stuck }),
      },
      diagnoseGeneration(deps),
    ),
    listAudit: listAudit(deps),
  };
}
