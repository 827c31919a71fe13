import { z } from 'zod';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import { type FailureClassifier, parseJson } from '../http/http-failure.ts';
import type { Outcome } from '../http/send-once.ts';
import { ProviderFailure } from '../port.ts';

/** A model's complaints: of each only the type, because `msg` and `input` quote the prompt. */
const modelErrors = z.object({ detail: z.array(z.object({ type: z.string().max(80) })).min(1) });
/** The platform's: a sentence and a word. */
const platformError = z.object({ error_type: z.string().max(80) });

/** By the word; what is not listed goes by the answer's status. */
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
  service: 'fal',
  describe: (body) => typesOf(body).join(', '),
  kindOf(status, body) {
    const [type] = typesOf(body);
    if (type !== undefined && KIND_OF_TYPE[type] !== undefined) return KIND_OF_TYPE[type];
    // An account without money is locked, and a locked one is answered like a wrong key.
    return status === FORBIDDEN && /exhausted balance|user is locked/i.test(body) ? 'insufficient_funds' : undefined;
  },
};

/**
 * Whether a work's result is its failure. An answer without the service's own words says nothing about the work: the asking
 * failed.
 */
export function resultFailure(outcome: Outcome): ProviderFailure | undefined {
  if (outcome.kind === 'unknown') return undefined;
  const { status, headers, body } = outcome;
  const [type] = typesOf(body);
  if (type === undefined || status < 400) return undefined;
  return workFailure(type, headers.get(RETRYABLE_HEADER) === 'true' || status >= 500 ? 'transient' : 'invalid_input');
}

/** @param otherwise for a word we don't know */
export function workFailure(type: string, otherwise: ProviderFailureKind): ProviderFailure {
  return new ProviderFailure(KIND_OF_TYPE[type] ?? otherwise, `fal ended the work: ${type}`);
}

function typesOf(body: string): string[] {
  const json = parseJson(body);
  const ofModel = modelErrors.safeParse(json);
  if (ofModel.success) return [...new Set(ofModel.data.detail.map(({ type }) => type))];
  const ofPlatform = platformError.safeParse(json);
  return ofPlatform.success ? [ofPlatform.data.error_type] : [];
}
