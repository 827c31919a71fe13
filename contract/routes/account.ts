import { demoSignIn, demoToken, profile, signInOptions, updateProfile } from '../profile.ts';
import { NO_CONTENT, type Route, ZIP_FILE } from '../route.ts';

/** Signing in, and who I am. */
export const accountRoutes = {
  readSignInOptions: {
    method: 'get',
    path: '/sign-in-options',
    tag: 'Account',
    summary: 'How to sign in here',
    access: 'public',
    replies: { 200: signInOptions },
  },
  signInDemoUser: {
    method: 'post',
    path: '/demo/sign-in',
    tag: 'Account',
    summary: 'A token for a demo user; only on the embedded stack',
    access: 'public',
    body: demoSignIn,
    optional: true,
    replies: { 200: demoToken },
    problems: ['not_found'],
  },
  readProfile: {
    method: 'get',
    path: '/me',
    tag: 'Account',
    summary: 'Who I am, my tier, what my generations begin with, my limits and what is left of them',
    access: 'avatars:read',
    replies: { 200: profile },
  },
  updateProfile: {
    method: 'patch',
    path: '/me',
    tag: 'Account',
    summary: 'Change what my generations begin with',
    access: 'generations:write',
    body: updateProfile,
    replies: { 200: profile },
  },
  exportProfile: {
    method: 'get',
    path: '/me/export',
    tag: 'Account',
    summary: 'Everything that is mine, as a zip',
    access: 'avatars:read',
    replies: { 200: ZIP_FILE },
  },
  eraseProfile: {
    method: 'delete',
    path: '/me',
    tag: 'Account',
    summary: 'Erase me and everything that is mine; what is left is an account without a name in the ledger',
    access: 'generations:write',
    replies: { 204: NO_CONTENT },
  },
} as const satisfies Record<string, Route>;
