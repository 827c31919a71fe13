import { z } from 'zod';
import { type FailureClassifier, httpFailure, parseJson } from '../http/http-failure.ts';
import type { Outcome } from '../http/send-once.ts';
import { ProviderFailure } from '../port.ts';

const errorBody = z.object({
  error: z.union([z.string(), z.array(z.string())]),
  estimated_time: z.number().optional(),
});
const MODERATED = /nsfw|safety (?:checker|filter)|content policy/i;
const LOADING_STATUS = 503;
/** A model takes a minute or two to load; a wilder estimate would park a generation for nothing. */
const LOADING_MAX_MS = 2 * 60_000;

/** The service's sentence may quote the prompt, so nothing of it is told. */
const MESSAGES: FailureClassifier = {
  service: 'Hugging Face',
  describe: () => '',
  kindOf: (status, body) => (status < 500 && MODERATED.test(sentenceOf(body)) ? 'moderated' : undefined),
};

/** Why the paid call gave no image. A prompt that is quoted must not look like an outcome. */
export function generationFailure(outcome: Outcome, prompt: string, aborted: boolean): ProviderFailure {
  if (outcome.kind === 'unknown' && !aborted && isTimeout(outcome.cause)) {
    // It may be painting still, and nobody can ask: another provider is surer than the same call again.
    return new ProviderFailure('timeout', 'No image from Hugging Face in time', { accepted: 'maybe' });
  }
  const loadingMs = outcome.kind === 'answered' ? loadingTimeMs(outcome.status, outcome.body) : undefined;
  if (loadingMs !== undefined) {
    return new ProviderFailure('transient', 'The model is loading', { retryAfterMs: loadingMs, accepted: 'no' });
  }
  const unquoted = outcome.kind === 'answered' ? { ...outcome, body: withoutPrompt(outcome.body, prompt) } : outcome;
  return httpFailure(MESSAGES, unquoted, 'buying', aborted);
}

export function requestFailure(outcome: Outcome, aborted: boolean): ProviderFailure {
  return httpFailure(MESSAGES, outcome, 'asking', aborted);
}

function loadingTimeMs(status: number, body: string): number | undefined {
  const seconds = status === LOADING_STATUS ? errorBody.safeParse(parseJson(body)).data?.estimated_time : undefined;
  return seconds === undefined ? undefined : Math.min(seconds * 1000, LOADING_MAX_MS);
}

function withoutPrompt(body: string, prompt: string): string {
  return prompt === '' ? body : body.replaceAll(JSON.stringify(prompt).slice(1, -1), '[prompt]');
}

function sentenceOf(body: string): string {
  return [errorBody.safeParse(parseJson(body)).data?.error ?? ''].flat().join(' ');
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError';
}
