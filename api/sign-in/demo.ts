import { DEMO_PEOPLE } from '../auth/demo-users.ts';
import { DEMO_TOKEN_SECONDS, type DemoTokens } from '../auth/demo-tokens.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

/** @param tokens undefined where an identity provider signs people in: then there is no such route */
export function signInDemoUser(tokens: DemoTokens | undefined): Handler<'signInDemoUser'> {
  return async ({ body }) => {
    if (tokens === undefined) throw notFound();
    const token = await tokens.forUser(DEMO_PEOPLE[body.user]);
    return {
      status: 200,
      body: { token, expiresInSeconds: DEMO_TOKEN_SECONDS },
      headers: { 'Cache-Control': 'no-store' },
    };
  };
}
