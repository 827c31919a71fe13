import type { VelocityFlag } from '#domain/moderation/abuse.ts';
import type { AdminAct } from '#domain/account/admin-act.ts';
import type { FailureCode } from '#domain/generation/failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';

export const PROVIDER_LABELS: Readonly<Record<ProviderName, string>> = {
  replicate: 'Replicate',
  huggingface: 'Hugging Face',
  fal: 'fal',
  illustrator: 'Illustrator',
};

export const ERROR_LABELS: Readonly<Record<FailureCode, string>> = {
  providers_unavailable: 'No provider could be reached',
  prompt_rejected: 'The provider refused the prompt',
  image_rejected: 'Held back by the content check',
  invalid_request: 'The provider could not work with it',
  reference_gone: 'The reference was deleted',
  corrupt_image: 'The image arrived damaged',
  storage_unavailable: 'The image could not be saved',
  deadline: 'It took too long',
  interrupted: 'The generation was interrupted',
  admission_unavailable: 'It could not be started',
  internal: 'Something on our side',
};

export const PROVIDER_FAILURE_LABELS: Readonly<Record<ProviderFailureKind, string>> = {
  rate_limited: 'too many requests',
  moderated: 'prompt refused',
  invalid_input: 'could not work with it',
  auth: 'key not taken',
  insufficient_funds: 'our credit is used up',
  transient: 'down',
  timeout: 'took too long',
  cancelled: 'stopped',
  corrupt_output: 'damaged image',
  out_of_service: 'switched off',
  circuit_open: 'left alone',
  model_circuit_open: 'left alone',
  over_budget: 'budget spent',
};

export const FLAG_LABELS: Readonly<Record<VelocityFlag, string>> = {
  refused_prompts: 'Refused prompts',
  unpaid_requests: 'Orders without credits',
  burst: 'Half a day’s work in an hour',
  spent_at_once: 'Starter credits spent at once',
};

export const ACT_LABELS: Readonly<Record<AdminAct, string>> = {
  'account.read': 'Read an account',
  'account.refund': 'Refunded a generation',
  'new_generations.set': 'Set the intake',
  'provider.set': 'Set a provider',
  'generations.cancel': 'Cancelled generations',
  'generation.diagnose': 'Asked why one is stuck',
  'reconcile.trigger': 'Looked for leftovers',
  'moderation.read': 'Read the moderation queue',
  'moderation.approve': 'Approved an image',
  'moderation.reject': 'Rejected an image',
};
