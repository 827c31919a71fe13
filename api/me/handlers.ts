import type { accountRoutes } from '../../contract/routes/account.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../handlers.ts';
import { signInDemoUser } from '../sign-in/demo.ts';
import { readSignInOptions } from '../sign-in/options.ts';
import { eraseMe } from './erase.ts';
import { exportMe } from './export.ts';
import { readMe } from './read.ts';
import { updateMe } from './update.ts';

export function accountHandlers(deps: HandlersDeps): HandlersOf<typeof accountRoutes> {
  return {
    readSignInOptions: readSignInOptions({ demo: deps.demoTokens !== undefined, oidc: deps.oidc }),
    signInDemoUser: deps.demoTokens && signInDemoUser(deps.demoTokens),
    readMe: readMe(deps),
    updateMe: updateMe(deps),
    exportMe: exportMe(deps),
    eraseMe: eraseMe(deps),
  };
}
