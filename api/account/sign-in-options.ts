import { DEMO_USERS, type SignInOptions } from '#contract/profile.ts';
import { DEMO_ACCOUNTS } from '../auth/demo-accounts.ts';
import type { Handler } from '../handler.ts';

export interface SignInOptionsDeps {
  /** True on the embedded stack, which holds the signing key itself. */
  readonly demo: boolean;
  /** How the page reaches the identity provider. */
  readonly oidc: SignInOptions['oidc'];
}

export function readSignInOptions({ demo, oidc }: SignInOptionsDeps): Handler<'readSignInOptions'> {
  const users = DEMO_USERS.map((user) => ({ user, tier: DEMO_ACCOUNTS[user].tier, role: DEMO_ACCOUNTS[user].role }));
  const body = { demo: demo ? users : [], oidc };
  return () => Promise.resolve({ status: 200, body });
}
