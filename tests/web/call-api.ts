import type { Page } from 'playwright-core';

/** Calls the API as the signed-in user of this page. @throws Error when the answer is not 2xx */
export async function callApi<Body>(page: Page, path: string, body?: unknown): Promise<Body> {
  const answer = await page.evaluate(
    async ({ path: to, body: sent }) => {
      const { token } = JSON.parse(sessionStorage.getItem('session') ?? '{}') as { token?: string };
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const response = await fetch(
        `/api/v1${to}`,
        sent === undefined
          ? { headers }
          : {
              method: 'POST',
              headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
              body: JSON.stringify(sent),
            },
      );
      return { ok: response.ok, body: (await response.json()) as unknown };
    },
    { path, body },
  );
  if (!answer.ok) throw new Error(`${path} answered ${JSON.stringify(answer.body)}`);
  return answer.body as Body;
}
