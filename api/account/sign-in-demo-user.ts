import { DEMO_ACCOUNTS } from '../auth/demo-accounts.ts';
import { DEMO_TOKEN_SECONDS, type DemoTokens } from '../auth/demo-tokens.ts';
import type { Handler } from '../handler.ts';

export function signInDemoUser(tokens: DemoTokens): Handler<'signInDemoUser'> {
  return async ({ body }) => {
    const token = await tokens.forUser(DEMO_ACCOUNTS[body.user]);
    return {
      status: 200,
      body: { token, expiresInSeconds: DEMO_TOKEN_SECONDS },
      headers: { 'Cache-Control': 'no-store' },
    };
  };
}
