import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { breakUsageView } from '../web/break-view.ts';
import type { PopulatedStudio } from './populate-studio.ts';

export interface View {
  /** Of its file. */
  readonly name: string;
  readonly title: string;
  readonly path: (studio: PopulatedStudio) => string;
  /** Who looks: Bob, whose studio it is, unless it says otherwise. */
  readonly who?: 'admin' | 'alice' | 'nobody';
  /** What must be there before the image is taken. */
  readonly shows?: string | RegExp;
  /** What is done on the page first. */
  readonly first?: (page: Page) => Promise<unknown>;
  /** One of those people are at most: also dark on the phone, and on a tablet. */
  readonly main?: true;
}

const SAMPLE = join(import.meta.dirname, '../../docs/illustrator-presets.png');
const project = ({ projectId }: PopulatedStudio) => `/projects/${projectId}`;
const avatar = ({ projectId, avatarId }: PopulatedStudio) => `/projects/${projectId}/avatars/${avatarId}`;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

/** Every view and every dialog, as a newcomer would meet them. */
export const VIEWS: readonly View[] = [
  { name: 'sign-in', title: 'Sign in', path: () => '/sign-in', who: 'nobody', shows: 'Studio admin' },
  { name: 'projects', title: 'Projects', path: () => '/projects', shows: 'Neon district', main: true },
  {
    name: 'projects-empty',
    title: 'No projects yet',
    path: () => '/projects',
    who: 'alice',
    shows: /avatars that belong together/u,
  },
  { name: 'project-new', title: 'A new project', path: () => '/projects/new', shows: 'Make the project' },
  { name: 'project', title: 'A project', path: project, shows: 'Generating with', main: true },
  {
    name: 'project-filtered',
    title: 'A filtered gallery',
    path: (studio) => `${project(studio)}?style=classical`,
    shows: /2 of/u,
  },
  {
    name: 'project-nothing-fits',
    title: 'Nothing fits',
    path: (studio) => `${project(studio)}?q=dragon`,
    shows: 'Show all',
  },
  { name: 'project-selected', title: 'Some selected', path: project, shows: 'Hedge witch', first: selectTwo },
  { name: 'project-move', title: 'Moving avatars', path: project, shows: 'Hedge witch', first: moveTwo },
  {
    name: 'project-empty',
    title: 'An empty project',
    path: ({ emptyProjectId }) => `/projects/${emptyProjectId}`,
    shows: /generate the first avatar/u,
  },
  {
    name: 'project-rename',
    title: 'Renaming a project',
    path: (studio) => `${project(studio)}?edit=${studio.projectId}`,
    shows: /Description/u,
  },
  {
    name: 'project-common',
    title: 'Project defaults',
    path: (studio) => `${project(studio)}?common=${studio.projectId}`,
    shows: 'Keep it',
  },
  {
    name: 'make-text',
    title: 'New avatar from text',
    path: (studio) => `${project(studio)}/new`,
    shows: 'Optimize for',
    first: writePrompt,
    main: true,
  },
  {
    name: 'make-preset',
    title: 'New avatar from a preset',
    path: (studio) => `${project(studio)}/new`,
    shows: 'Optimize for',
    first: pickPreset,
  },
  {
    name: 'make-reference',
    title: 'New avatar from a reference',
    path: (studio) => `${avatar(studio)}/new?mode=style`,
    shows: 'Optimize for',
  },
  {
    name: 'make-hair',
    title: 'Choosing hair',
    path: (studio) => `${project(studio)}/new`,
    shows: 'Optimize for',
    first: (page) => button(page, /^Hair/u).click(),
  },
  { name: 'upload', title: 'Uploading an image', path: (studio) => `${project(studio)}/upload`, shows: /JPEG, PNG/u },
  {
    name: 'upload-crop',
    title: 'Cropping an image',
    path: (studio) => `${project(studio)}/upload`,
    shows: /JPEG, PNG/u,
    first: chooseImage,
  },
  { name: 'avatar', title: 'An avatar', path: avatar, shows: 'Tabletop nights', main: true },
  {
    name: 'avatar-persona',
    title: 'Its persona',
    path: (studio) => `${avatar(studio)}/persona`,
    shows: 'Save persona',
  },
  {
    name: 'avatar-attributes',
    title: 'Its attributes',
    path: (studio) => `${avatar(studio)}/attributes`,
    shows: 'Save attributes',
  },
  {
    name: 'avatar-image',
    title: 'The avatar image',
    path: (studio) => `${avatar(studio)}/image`,
    first: (page) => page.getByRole('button', { name: 'Next', exact: true }).waitFor(),
  },
  { name: 'queue', title: 'Queue', path: () => '/queue', shows: 'Generating with', main: true },
  { name: 'presets', title: 'Presets', path: () => '/presets', shows: 'Archmage' },
  { name: 'preset-new', title: 'A new preset', path: () => '/presets/new', shows: 'Create preset' },
  {
    name: 'preset-make',
    title: 'Using a preset',
    path: ({ presetId }) => `/presets/${presetId}/use`,
    shows: 'Board game',
  },
  { name: 'usage', title: 'Usage', path: () => '/usage', shows: 'Tabletop nights', first: seeBars, main: true },
  { name: 'credits', title: 'Credits', path: () => '/credits', shows: 'Reserved' },
  { name: 'notifications', title: 'Notifications', path: () => '/notifications', shows: /is ready/u },
  { name: 'trash', title: 'Trash', path: () => '/trash', shows: 'Select' },
  {
    name: 'trash-empty',
    title: 'An empty trash',
    path: () => '/trash',
    who: 'alice',
    shows: 'The trash is empty.',
  },
  { name: 'settings', title: 'Settings', path: () => '/settings', shows: 'Erase my account' },
  {
    name: 'settings-erase',
    title: 'Erasing an account',
    path: () => '/settings',
    shows: 'Erase my account',
    first: (page) => button(page, 'Erase my account').click(),
  },
  {
    name: 'palette',
    title: 'The command palette',
    path: () => '/projects',
    shows: 'Neon district',
    first: (page) => press(page, 'Control+k'),
  },
  {
    name: 'keys',
    title: 'Keyboard shortcuts',
    path: () => '/projects',
    shows: 'Neon district',
    first: (page) => press(page, '?'),
  },
  {
    name: 'account-menu',
    title: 'The account’s menu',
    path: () => '/projects',
    shows: 'Neon district',
    first: (page) => button(page, /^Account/u).click(),
  },
  {
    name: 'not-found',
    title: 'Not found (project)',
    path: () => '/projects/00000000-0000-4000-8000-000000000000',
    shows: /^Not found/u,
  },
  {
    name: 'nowhere',
    title: 'Not found (page)',
    path: () => '/projectors',
    shows: 'This page does not exist. The link may be out of date.',
  },
  { name: 'broken', title: 'A view that broke', path: () => '/presets', shows: 'Archmage', first: breakUsage },
  { name: 'forbidden', title: 'No access', path: () => '/admin', shows: /^No access/u },
  { name: 'offline', title: 'Offline', path: project, shows: 'Generating with', first: goOffline },
  { name: 'admin-moderation', title: 'Moderation', path: () => '/admin', who: 'admin', shows: /image waiting/u },
  { name: 'admin-stats', title: 'Statistics', path: () => '/admin/stats', who: 'admin', shows: 'Providers' },
  { name: 'admin-accounts', title: 'Accounts', path: () => '/admin/accounts', who: 'admin', shows: 'Open' },
  {
    name: 'admin-account',
    title: 'An account',
    path: ({ accountId }) => `/admin/accounts/${accountId}`,
    who: 'admin',
    shows: 'In progress',
  },
  {
    name: 'admin-generation',
    title: 'Diagnose',
    path: ({ inProgressId }) => `/admin/generations/${inProgressId}`,
    who: 'admin',
    shows: /line|painting/u,
  },
  {
    name: 'admin-switches',
    title: 'Switches',
    path: () => '/admin/switches',
    who: 'admin',
    shows: 'Accept new generations',
  },
  { name: 'admin-audit', title: 'Audit', path: () => '/admin/audit', who: 'admin', shows: 'Diagnosed a generation' },
];

async function press(page: Page, keys: string): Promise<void> {
  await page.keyboard.press(keys);
  await page.getByRole('dialog').waitFor();
}

async function selectTwo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  const tiles = page.getByRole('list', { name: 'Avatars' }).getByRole('link');
  for (const nth of [1, 3]) await tiles.nth(nth).click();
}

async function moveTwo(page: Page): Promise<void> {
  await selectTwo(page);
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('dialog').waitFor();
}

async function writePrompt(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Prompt' }).fill('A lighthouse keeper in a yellow coat, laughing');
  await page.getByRole('radio', { name: 'Watercolor' }).check();
  for (let more = 0; more < 3; more += 1) await button(page, 'One more').click();
  await page.getByText(/Falls back to/u).waitFor();
}

async function pickPreset(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Preset' }).check();
  await page.getByRole('radio', { name: 'Archmage' }).check();
}

async function chooseImage(page: Page): Promise<void> {
  await page.getByLabel('Image file').setInputFiles(SAMPLE);
  await page.getByLabel('Zoom').waitFor();
}

async function breakUsage(page: Page): Promise<void> {
  await breakUsageView(page);
  await page.goto('/usage');
  await page.getByText('This page stopped working').waitFor();
}

async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.getByText('Offline').waitFor();
}

/** The library that draws them comes last. */
async function seeBars(page: Page): Promise<void> {
  await page.locator('svg .recharts-bar-rectangle').first().waitFor();
}
