import type { VelocityFlag } from '#domain/moderation/abuse.ts';
import type { AdminAct } from '#domain/account/admin-act.ts';
import type { FailureCode } from '#domain/generation/failure.ts';

export const ERROR_LABELS: Readonly<Record<FailureCode, string>> = {
  providers_unavailable: 'No provider could be reached',
  prompt_rejected: 'The provider refused the prompt',
  image_rejected: 'Rejected by the content check',
  invalid_request: 'The provider rejected the request',
  reference_gone: 'The reference was deleted',
  corrupt_image: 'The image was corrupt',
  storage_unavailable: 'The image could not be saved',
  deadline: 'Timed out',
  interrupted: 'The generation was interrupted',
  admission_unavailable: 'Admission was unavailable',
  internal: 'Internal error',
};

export const FLAG_LABELS: Readonly<Record<VelocityFlag, string>> = {
  refused_prompts: 'Refused prompts',
  unpaid_requests: 'Requests without credits',
  burst: 'Half the daily limit in an hour',
  spent_at_once: 'Starter credits spent at once',
  hourly_limit: 'Hours at the hourly limit',
  starter_withheld: 'Starter credits withheld, accounts of the network',
  topups: 'Payments within an hour',
  topup_credits: 'Credits paid within an hour',
  topup_accounts: 'Accounts topped up within an hour',
};

/** What an admin can do about a flag. */
export const FLAG_ADVICE: Readonly<Record<VelocityFlag, string>> = {
  refused_prompts: 'Look at the prompts of its failed generations. A cool-down already slows it.',
  unpaid_requests: 'Usually a script that ignores replies. A cool-down already slows it.',
  burst: 'Look at its generations. The limits already bound it.',
  spent_at_once: 'Compare it with other new accounts. One alone is no reason to act.',
  hourly_limit: 'A script, or a user who needs a higher tier.',
  starter_withheld:
    'One person with many accounts, or a class behind one address: then grant the credits on the account’s page.',
  topups: 'Nothing was refused. Ask the payment service whether the payments are real.',
  topup_credits: 'Nothing was refused. Ask the payment service whether the payments are real.',
  topup_accounts: 'This is a service. If it did not mean to, replace its token.',
};

export const ACT_LABELS: Readonly<Record<AdminAct, string>> = {
  'account.read': 'Read an account',
  'account.search': 'Searched accounts',
  'account.refund': 'Refunded a generation',
  'account.grant_starter': 'Granted starter credits',
  'account.grant': 'Granted credits',
  'account.tier': 'Changed the tier of an account',
  'account.block': 'Blocked or unblocked an account',
  'new_generations.set': 'Paused or resumed new generations',
  'provider.set': 'Enabled or disabled a provider',
  'generations.cancel': 'Cancelled generations',
  'generation.diagnose': 'Diagnosed a generation',
  'generation.read': 'Read the workflow of a generation',
  'generation.prioritize': 'Changed the priority of a generation',
  'usage.read': 'Read the usage of all accounts',
  'reconcile.trigger': 'Started the reconciler',
  'moderation.read': 'Read the moderation queue',
  'moderation.approve': 'Approved an image',
  'moderation.reject': 'Rejected an image',
  'moderation.takedown': 'Took an avatar down',
  'moderation.restore': 'Restored an avatar',
  'objection.decide': 'Decided an objection',
  'report.dismiss': 'Dismissed a report',
};
