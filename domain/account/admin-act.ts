/** What admins do to others' things. Each is written down before it is done. */
export const ADMIN_ACTS = [
  'account.read',
  'account.refund',
  'new_generations.set',
  'provider.set',
  'generations.cancel',
  'generation.diagnose',
  'reconcile.trigger',
  'moderation.read',
  'moderation.approve',
  'moderation.reject',
] as const;
export type AdminAct = (typeof ADMIN_ACTS)[number];

/** `refused`: nothing was done, for a reason of the contract. `failed`: it broke on the way; look at what it acts on. */
export const ACT_OUTCOMES = ['done', 'refused', 'failed'] as const;
export type ActOutcome = (typeof ACT_OUTCOMES)[number];
