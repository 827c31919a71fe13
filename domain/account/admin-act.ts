/** Actions of admins on other accounts. Each is written to the audit log before it is executed. */
export const ADMIN_ACTS = [
  'account.read',
  'account.search',
  'account.refund',
  'account.grant_starter',
  'account.grant',
  'account.tier',
  'account.block',
  'new_generations.set',
  'provider.set',
  'generations.cancel',
  'generation.diagnose',
  'generation.read',
  'generation.prioritize',
  'usage.read',
  'reconcile.trigger',
  'moderation.read',
  'moderation.approve',
  'moderation.reject',
  'moderation.takedown',
  'moderation.restore',
  'objection.decide',
  'report.dismiss',
] as const;
export type AdminAct = (typeof ADMIN_ACTS)[number];

/** `refused`: nothing was done, for a reason of the contract. `failed`: it failed partway; check its target. */
export const ACT_OUTCOMES = ['done', 'refused', 'failed'] as const;
export type ActOutcome = (typeof ACT_OUTCOMES)[number];
