import { demoSignIn, demoToken, profile, signInOptions, updateProfile } from '../profile.ts';
import { NO_CONTENT, type Route, ZIP_FILE } from '../route.ts';

/** Sign-in and the caller's profile. */
export const accountRoutes = {
  readSignInOptions: {
    method: 'get',
    path: '/sign-in-options',
    tag: 'Account',
    summary: 'Read the ways to sign in',
    access: 'public',
    replies: { 200: signInOptions },
  },
  signInDemoUser: {
    method: 'post',
    path: '/demo/sign-in',
    tag: 'Account',
    summary: 'Create a token for a demo user; embedded stack only',
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
    summary: 'Read the caller’s profile: tier, defaults, limits and what is left of them',
    access: 'avatars:read',
    replies: { 200: profile },
  },
  updateProfile: {
    method: 'patch',
    path: '/me',
    tag: 'Account',
    summary: 'Change the defaults of the caller’s generations',
    access: 'avatars:write',
    body: updateProfile,
    replies: { 200: profile },
  },
  exportProfile: {
    method: 'get',
    path: '/me/export',
    tag: 'Account',
    summary: 'Export all of the caller’s data as a zip',
    access: 'avatars:read',
    only: 'user',
    replies: { 200: ZIP_FILE },
  },
  eraseProfile: {
    method: 'delete',
    path: '/me',
    tag: 'Account',
    summary: 'Erase the caller and all their data; only the ledger’s anonymous account remains',
    access: 'avatars:delete',
    only: 'user',
    acceptsBlocked: true,
    replies: { 204: NO_CONTENT },
  },
} as const satisfies Record<string, Route>;
