import { setTimeout as sleep } from 'node:timers/promises';
import { API_BASE } from '#contract/route.ts';

/** A client gives up waiting after this, ms, and sends the same request again. */
const REQUEST_TIMEOUT_MS = 12_000;
const TRIES = 5;
const RETRY_AFTER_MS = 400;
const RETRYABLE = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface UserRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly token: string;
  readonly key?: string;
  readonly body?: object | FormData;
  readonly tries?: number;
}

export interface UserAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Sends a request as a well-behaved client does: with the same key again after a lost connection or a 5xx.
 * @returns undefined when no try had a final answer
 */
export async function sendAsUser(apiUrl: string, request: UserRequest): Promise<UserAnswer | undefined> {
  const tries = request.tries ?? TRIES;
  for (let number = 1; number <= tries; number += 1) {
    const answer = await sendOnce(apiUrl, request).catch(() => undefined);
    if (answer !== undefined && !RETRYABLE.has(answer.status)) return answer;
    if (number < tries) await sleep(RETRY_AFTER_MS * number);
  }
  return undefined;
}

async function sendOnce(apiUrl: string, { method, path, token, key, body }: UserRequest): Promise<UserAnswer> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${apiUrl}${API_BASE}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(key !== undefined && { 'Idempotency-Key': key }),
      ...(body !== undefined && !isForm && { 'Content-Type': 'application/json' }),
    },
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}
