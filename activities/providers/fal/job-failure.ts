import { z } from 'zod';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import { providerLabel } from '#domain/provider/provider.ts';
import { type FailureClassifier, parseJson } from '../http/http-failure.ts';
import type { Outcome } from '../http/send-once.ts';
import { ProviderFailure } from '../port.ts';

/** A model's errors. Only the type is read, since `msg` and `input` quote the prompt. */
const modelErrors = z.object({ detail: z.array(z.object({ type: z.string().max(80) })).min(1) });
/** The platform's errors. */
const platformError = z.object({ error_type: z.string().max(80) });

/** Types that are not listed are classified by the reply's status. */
const KIND_OF_TYPE: Readonly<Record<string, ProviderFailureKind>> = {
  content_policy_violation: 'moderated',
  no_media_generated: 'corrupt_output',
  generation_timeout: 'timeout',
  request_timeout: 'timeout',
  startup_timeout: 'timeout',
  client_cancelled: 'cancelled',
  client_disconnected: 'cancelled',
  internal_server_error: 'transient',
  downstream_service_error: 'transient',
  downstream_service_unavailable: 'transient',
};
const FORBIDDEN = 403;
const RETRYABLE_HEADER = 'x-fal-retryable';

export const FAL_FAILURES: FailureClassifier = {
  service: providerLabel('fal'),
  describe: (body) => typesOf(body).join(', '),
  kindOf(status, body) {
    const [type] = typesOf(body);
    if (type !== undefined && KIND_OF_TYPE[type] !== undefined) return KIND_OF_TYPE[type];
    // An account without funds is locked, which gives the same status as a wrong key.
    return status === FORBIDDEN && /exhausted balance|user is locked/i.test(body) ? 'insufficient_funds' : undefined;
  },
};

/**
 * The failure of a job, if the reply to its result is one. An error reply without fal's error type says nothing about the job: then
 * only the call failed, and this returns undefined.
 */
export function resultFailure(outcome: Outcome): ProviderFailure | undefined {
  if (outcome.kind === 'unknown') return undefined;
  const { status, headers, body } = outcome;
  const [type] = typesOf(body);
  if (type === undefined || status < 400) return undefined;
  return jobFailure(type, headers.get(RETRYABLE_HEADER) === 'true' || status >= 500 ? 'transient' : 'invalid_input');
}

/** @param otherwise the kind for an unknown error type */
export function jobFailure(type: string, otherwise: ProviderFailureKind): ProviderFailure {
  return new ProviderFailure(KIND_OF_TYPE[type] ?? otherwise, `fal ended the job: ${type}`);
}

function typesOf(body: string): string[] {
  const json = parseJson(body);
  const ofModel = modelErrors.safeParse(json);
  if (ofModel.success) return [...new Set(ofModel.data.detail.map(({ type }) => type))];
  const ofPlatform = platformError.safeParse(json);
  return ofPlatform.success ? [ofPlatform.data.error_type] : [];
}
