import type { Page } from 'playwright-core';

/** No answer takes longer on a busy machine. */
const ANSWER_LIMIT_MS = 60_000;

/** Calls the API as the signed-in user of this page. @throws Error when the answer is not 2xx, or there is none */
export async function callApi<Body>(page: Page, path: string, body?: unknown): Promise<Body> {
  const answer = await page.evaluate(
    async ({ path: to, body: sent, limitMs }) => {
      const { token } = JSON.parse(sessionStorage.getItem('session') ?? '{}') as { token?: string };
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const post = {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify(sent),
      };
      const signal = AbortSignal.timeout(limitMs);
      const response = await fetch(`/api/v1${to}`, { ...(sent === undefined ? { headers } : post), signal });
      return { ok: response.ok, body: (await response.json()) as unknown };
    },
    { path, body, limitMs: ANSWER_LIMIT_MS },
  );
  if (!answer.ok) throw new Error(`${path} answered ${JSON.stringify(answer.body)}`);
  return answer.body as Body;
}
