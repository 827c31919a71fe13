import type { Page } from 'playwright-core';
import {
  breakUsage,
  button,
  chooseImage,
  goOffline,
  moveTwo,
  pickPreset,
  press,
  selectTwo,
  waitForBars,
  withTwo,
  writePrompt,
} from './view-actions.ts';
import type { PopulatedStudio } from './populate-studio.ts';

export interface View {
  /** The prefix of its files in docs/screens. */
  readonly name: string;
  readonly title: string;
  readonly path: (studio: PopulatedStudio) => string;
  /** The signed-in user; Bob, whose studio is populated, by default. */
  readonly user?: 'admin' | 'alice' | 'none';
  /** A text that must be on the page before the screenshot. */
  readonly text?: string | RegExp;
  /** Steps on the page before the screenshot. */
  readonly prepare?: (page: Page) => Promise<unknown>;
  /** One of the most used views: also captured in dark mode on the phone, and on a tablet. */
  readonly main?: true;
}

const project = ({ projectId }: PopulatedStudio) => `/projects/${projectId}`;
const avatar = ({ projectId, avatarId }: PopulatedStudio) => `/projects/${projectId}/avatars/${avatarId}`;

/** Every view and dialog, in the order in which a new user meets them. */
export const VIEWS: readonly View[] = [
  { name: 'sign-in', title: 'Sign in', path: () => '/sign-in', user: 'none', text: 'Studio admin' },
  { name: 'projects', title: 'Projects', path: () => '/projects', text: 'Neon district', main: true },
  {
    name: 'projects-empty',
    title: 'No projects yet',
    path: () => '/projects',
    user: 'alice',
    text: /avatars that belong together/u,
  },
  { name: 'project-new', title: 'New project', path: () => '/projects/new', text: 'Create project' },
  { name: 'project', title: 'Project', path: project, text: 'Generating with', main: true },
  {
    name: 'project-filtered',
    title: 'Filtered gallery',
    path: (studio) => `${project(studio)}?style=classical`,
    text: /2 of/u,
  },
  {
    name: 'project-no-matches',
    title: 'No matches',
    path: (studio) => `${project(studio)}?q=dragon`,
    text: 'Show all',
  },
  { name: 'project-selected', title: 'Selected avatars', path: project, text: 'Hedge witch', prepare: selectTwo },
  { name: 'project-move', title: 'Move avatars', path: project, text: 'Hedge witch', prepare: moveTwo },
  {
    name: 'project-compare',
    title: 'Compare avatars',
    path: project,
    text: 'Hedge witch',
    prepare: (page) => withTwo(page, 'Compare'),
  },
  {
    name: 'project-rename-avatars',
    title: 'Rename avatars',
    path: project,
    text: 'Hedge witch',
    prepare: (page) => withTwo(page, 'Rename'),
  },
  {
    name: 'project-attributes',
    title: 'Attributes of avatars',
    path: project,
    text: 'Hedge witch',
    prepare: (page) => withTwo(page, 'Attributes'),
  },
  {
    name: 'project-empty',
    title: 'Empty project',
    path: ({ emptyProjectId }) => `/projects/${emptyProjectId}`,
    text: /generate the first avatar/u,
  },
  {
    name: 'project-rename',
    title: 'Rename a project',
    path: (studio) => `${project(studio)}?edit=${studio.projectId}`,
    text: /Description/u,
  },
  {
    name: 'project-defaults',
    title: 'Project defaults',
    path: (studio) => `${project(studio)}?defaults=${studio.projectId}`,
    text: 'Save defaults',
  },
  {
    name: 'create-avatar-text',
    title: 'New avatar from text',
    path: (studio) => `${project(studio)}/new`,
    text: 'Optimize for',
    prepare: writePrompt,
    main: true,
  },
  {
    name: 'create-avatar-preset',
    title: 'New avatar from a preset',
    path: (studio) => `${project(studio)}/new`,
    text: 'Optimize for',
    prepare: pickPreset,
  },
  {
    name: 'create-avatar-reference',
    title: 'New avatar from an image',
    path: (studio) => `${avatar(studio)}/new?mode=style`,
    text: 'Optimize for',
  },
  {
    name: 'create-avatar-hair',
    title: 'Choose hair',
    path: (studio) => `${project(studio)}/new`,
    text: 'Optimize for',
    prepare: (page) => button(page, /^Hair/u).click(),
  },
  { name: 'upload', title: 'Upload an image', path: (studio) => `${project(studio)}/upload`, text: /JPEG, PNG/u },
  {
    name: 'upload-crop',
    title: 'Crop an upload',
    path: (studio) => `${project(studio)}/upload`,
    text: /JPEG, PNG/u,
    prepare: chooseImage,
  },
  { name: 'avatar', title: 'Avatar', path: avatar, text: 'Tabletop nights', main: true },
  {
    name: 'avatar-persona',
    title: 'Persona',
    path: (studio) => `${avatar(studio)}/persona`,
    text: 'Save persona',
  },
  {
    name: 'avatar-attributes',
    title: 'Attributes',
    path: (studio) => `${avatar(studio)}/attributes`,
    text: 'Save attributes',
  },
  {
    name: 'avatar-share',
    title: 'Share an avatar',
    path: (studio) => `${avatar(studio)}/share`,
    text: /Create link/u,
  },
  {
    name: 'avatar-image',
    title: 'Full-size image',
    path: (studio) => `${avatar(studio)}/image`,
    prepare: (page) => page.getByRole('button', { name: 'Next', exact: true }).waitFor(),
  },
  {
    name: 'avatar-report',
    title: 'Report another user’s avatar',
    path: ({ avatarId }) => `/avatars/${avatarId}/report`,
    user: 'alice',
    text: 'Send report',
  },
  { name: 'queue', title: 'Queue', path: () => '/queue', text: 'Generating with', main: true },
  { name: 'presets', title: 'Presets', path: () => '/presets', text: 'Archmage' },
  { name: 'preset-new', title: 'New preset', path: () => '/presets/new', text: 'Create preset' },
  {
    name: 'preset-use',
    title: 'Use a preset',
    path: ({ presetId }) => `/presets/${presetId}/use`,
    text: 'Board game',
  },
  { name: 'usage', title: 'Usage', path: () => '/usage', text: 'Tabletop nights', prepare: waitForBars, main: true },
  { name: 'credits', title: 'Credits', path: () => '/credits', text: 'Reserved' },
  { name: 'notifications', title: 'Notifications', path: () => '/notifications', text: /is ready/u },
  { name: 'trash', title: 'Trash', path: () => '/trash', text: 'Select' },
  {
    name: 'trash-empty',
    title: 'Empty trash',
    path: () => '/trash',
    user: 'alice',
    text: 'The trash is empty.',
  },
  { name: 'settings', title: 'Settings', path: () => '/settings', text: 'Erase my account' },
  {
    name: 'settings-api-key',
    title: 'Create an API key',
    path: () => '/settings',
    text: 'Create API key',
    prepare: (page) => button(page, 'Create API key').click(),
  },
  {
    name: 'settings-erase',
    title: 'Erase an account',
    path: () => '/settings',
    text: 'Erase my account',
    prepare: (page) => button(page, 'Erase my account').click(),
  },
  {
    name: 'command-palette',
    title: 'Command palette',
    path: () => '/projects',
    text: 'Neon district',
    prepare: (page) => press(page, 'Control+k'),
  },
  {
    name: 'keyboard-shortcuts',
    title: 'Keyboard shortcuts',
    path: () => '/projects',
    text: 'Neon district',
    prepare: (page) => press(page, '?'),
  },
  {
    name: 'account-menu',
    title: 'Account menu',
    path: () => '/projects',
    text: 'Neon district',
    prepare: (page) => button(page, /^Account/u).click(),
  },
  {
    name: 'project-not-found',
    title: 'Project not found',
    path: () => '/projects/00000000-0000-4000-8000-000000000000',
    text: /^Not found/u,
  },
  {
    name: 'not-found',
    title: 'Not found',
    path: () => '/projectors',
    text: 'This page does not exist. The link may be out of date.',
  },
  { name: 'error', title: 'Failed view', path: () => '/presets', text: 'Archmage', prepare: breakUsage },
  { name: 'no-access', title: 'No access', path: () => '/admin', text: /^No access/u },
  { name: 'offline', title: 'Offline', path: project, text: 'Generating with', prepare: goOffline },
  { name: 'admin-moderation', title: 'Moderation', path: () => '/admin', user: 'admin', text: /image waiting/u },
  { name: 'admin-stats', title: 'Stats', path: () => '/admin/stats', user: 'admin', text: 'Providers' },
  { name: 'admin-accounts', title: 'Accounts', path: () => '/admin/accounts', user: 'admin', text: 'Open' },
  {
    name: 'admin-account',
    title: 'Account',
    path: ({ accountId }) => `/admin/accounts/${accountId}`,
    user: 'admin',
    text: 'In progress',
  },
  {
    name: 'admin-generation',
    title: 'Diagnose a generation',
    path: ({ inProgressId }) => `/admin/generations/${inProgressId}`,
    user: 'admin',
    text: /queue|generating/u,
  },
  {
    name: 'admin-switches',
    title: 'Feature switches',
    path: () => '/admin/switches',
    user: 'admin',
    text: 'Accept new generations',
  },
  { name: 'admin-audit', title: 'Audit', path: () => '/admin/audit', user: 'admin', text: 'Diagnosed a generation' },
];
