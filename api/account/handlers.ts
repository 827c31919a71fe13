import type { accountRoutes } from '#contract/routes/account.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { signInDemoUser } from './sign-in-demo-user.ts';
import { readSignInOptions } from './sign-in-options.ts';
import { eraseProfile } from './erase.ts';
import { exportProfile } from './export.ts';
import { readProfile } from './read.ts';
import { updateProfile } from './update.ts';

export function accountHandlers(deps: HandlersDeps): HandlersOf<typeof accountRoutes> {
  return {
    readSignInOptions: readSignInOptions({ demo: deps.demoTokens !== undefined, oidc: deps.oidc }),
    signInDemoUser: deps.demoTokens && signInDemoUser(deps.demoTokens),
    readProfile: readProfile(deps),
    updateProfile: updateProfile(deps),
    exportProfile: exportProfile(deps),
    eraseProfile: eraseProfile(deps),
  };
}
