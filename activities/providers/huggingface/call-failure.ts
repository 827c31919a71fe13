import { z } from 'zod';
import { providerLabel } from '#domain/provider/provider.ts';
import { type FailureClassifier, httpFailure, parseJson } from '../http/http-failure.ts';
import type { Outcome } from '../http/send-once.ts';
import { ProviderFailure } from '../port.ts';

const errorBody = z.object({
  error: z.union([z.string(), z.array(z.string())]),
  estimated_time: z.number().optional(),
});
const MODERATED = /nsfw|safety (?:checker|filter)|content policy/i;
const LOADING_STATUS = 503;
/**
 * A model takes a minute or two to load; a larger estimate would pause the model for no reason. A pause of more than a minute ends the
 * run (LONGEST_RETRY_AFTER_MS of activities/generate/activity-failure.ts), and the next provider is used.
 */
const LOADING_MAX_MS = 2 * 60_000;

/** The service's error message may quote the prompt, so none of it is logged. */
const HUGGINGFACE_FAILURES: FailureClassifier = {
  service: providerLabel('huggingface'),
  describe: () => '',
  kindOf: (status, body) => (status < 500 && MODERATED.test(errorTextOf(body)) ? 'moderated' : undefined),
};

/** The failure of the paid call. The prompt is removed first, so that a quoted word does not look like a content filter's reply. */
export function generationFailure(outcome: Outcome, prompt: string, aborted: boolean): ProviderFailure {
  if (outcome.kind === 'unknown' && !aborted && isTimeout(outcome.cause)) {
    // It may still be generating, but can't be polled: another provider is a better choice than a repeated call.
    return new ProviderFailure('timeout', 'No image from Hugging Face in time', { accepted: 'maybe' });
  }
  const loadingMs = outcome.kind === 'answered' ? loadingTimeMs(outcome.status, outcome.body) : undefined;
  if (loadingMs !== undefined) {
    return new ProviderFailure('transient', 'The model is loading', { retryAfterMs: loadingMs, accepted: 'no' });
  }
  const unquoted = outcome.kind === 'answered' ? { ...outcome, body: withoutPrompt(outcome.body, prompt) } : outcome;
  return httpFailure(HUGGINGFACE_FAILURES, unquoted, 'submit', aborted);
}

/** The failure of any other call. */
export function requestFailure(outcome: Outcome, aborted: boolean): ProviderFailure {
  return httpFailure(HUGGINGFACE_FAILURES, outcome, 'read', aborted);
}

function loadingTimeMs(status: number, body: string): number | undefined {
  const seconds = status === LOADING_STATUS ? errorBody.safeParse(parseJson(body)).data?.estimated_time : undefined;
  return seconds === undefined ? undefined : Math.min(seconds * 1000, LOADING_MAX_MS);
}

function withoutPrompt(body: string, prompt: string): string {
  return prompt === '' ? body : body.replaceAll(JSON.stringify(prompt).slice(1, -1), '[prompt]');
}

function errorTextOf(body: string): string {
  return [errorBody.safeParse(parseJson(body)).data?.error ?? ''].flat().join(' ');
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError';
}
