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
};

export const ACT_LABELS: Readonly<Record<AdminAct, string>> = {
  'account.read': 'Read an account',
  'account.refund': 'Refunded a generation',
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
