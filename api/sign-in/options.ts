import { DEMO_USERS } from '../../contract/me.ts';
import { DEMO_PEOPLE } from '../auth/demo-users.ts';
import type { Handler } from '../handler.ts';

export interface SignInOptionsDeps {
  /** True on the embedded stack, where we hold the key ourselves. */
  readonly demo: boolean;
  readonly oidcIssuer: string | undefined;
}

export function readSignInOptions({ demo, oidcIssuer }: SignInOptionsDeps): Handler<'readSignInOptions'> {
  const users = DEMO_USERS.map((user) => ({ user, tier: DEMO_PEOPLE[user].tier, role: DEMO_PEOPLE[user].role }));
  const body = { demo: demo ? users : [], oidcIssuer: oidcIssuer ?? null };
  return () => Promise.resolve({ status: 200, body });
}
