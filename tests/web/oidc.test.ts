import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOidcKeys, OIDC_ALGORITHMS } from '#api/auth/oidc-keys.ts';
import { createTokenVerifier } from '#api/auth/token-verifier.ts';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import {
  type IdentityProvider,
  OIDC_AUDIENCE,
  OIDC_CLIENT_ID,
  startIdentityProvider,
} from '../support/identity-provider.ts';
import { axeViolations } from './axe-violations.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

const LONG_LIFE_S = 3_600;
const SHORT_LIFE_S = 4;
/** Two lifetimes of a short token, on a busy machine. */
const RENEWAL_TIMEOUT_MS = 40_000;
/** A silent sign-in check in a hidden frame, on a busy machine. */
const CHECK_TIMEOUT_MS = 10_000;

let idp: IdentityProvider;
let web: WebStudio;

beforeAll(async () => {
  idp = await startIdentityProvider();
  const { issuer } = idp;
  const rules = { issuer, audience: OIDC_AUDIENCE, algorithms: OIDC_ALGORITHMS, key: createOidcKeys(issuer) };
  web = await openWebStudio(DEFAULT_PRICES, {
    origin: issuer,
    api: {
      verify: createTokenVerifier(rules),
      demoTokens: undefined,
      oidc: {
        issuer,
        clientId: OIDC_CLIENT_ID,
        scope: 'openid profile',
        audienceParameter: { name: 'resource', value: OIDC_AUDIENCE },
      },
    },
  });
  idp.register(web.url);
});
afterAll(async () => {
  await web.close();
  await idp.close();
});
beforeEach(() => {
  Object.assign(idp, { tokenLifeS: LONG_LIFE_S, audience: OIDC_AUDIENCE, refresh: false, unavailable: false });
});

/** Fills in the provider's own forms. */
async function logIn(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('a secret of theirs');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

const signInButton = (page: Page) => page.getByRole('button', { name: /^Sign in with 127\.0\.0\.1/u });
const account = (page: Page, name: string) => page.getByRole('button', { name: `Account of ${name}` });
const pathOf = (page: Page) => page.url().slice(web.url.length);
/** Marks the page, to detect a reload. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { marked: true }));
const isMarked = (page: Page) => page.evaluate(() => 'marked' in window);

/** The distinct tokens that this page sent to the API, oldest first. */
function tokensOf(page: Page): string[] {
  const tokens: string[] = [];
  page.on('request', (request) => {
    const token = request.headers()['authorization']?.replace('Bearer ', '');
    if (token && request.url().startsWith(`${web.url}/api/`) && !tokens.includes(token)) tokens.push(token);
  });
  return tokens;
}

/** Opens the page as a new visitor and presses the sign-in button, which leads to the provider's form. */
async function visit(path = '/projects', options?: BrowserContextOptions) {
  const { page, complaints } = await web.visit(options);
  const tokens = tokensOf(page);
  await page.goto(path);
  await signInButton(page).click();
  return { page, tokens, ours: () => complaints.filter((complaint) => complaint.includes(web.url)) };
}

async function visitAs(name: string, path?: string, options?: BrowserContextOptions) {
  const visitor = await visit(path, options);
  await logIn(visitor.page, name);
  await account(visitor.page, name).waitFor();
  return visitor;
}

describe('a user of an identity provider', () => {
  it('returns to the requested page as a new account with starter credits, without stored tokens', async () => {
    const { page, tokens, ours } = await visitAs('ada', '/credits?from=a-link');
    expect(pathOf(page)).toBe('/credits?from=a-link');
    await page.getByRole('link', { name: /500/u }).waitFor();
    const storedText = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    const cookies = JSON.stringify(await page.context().cookies(web.url));
    expect(tokens).toHaveLength(1);
    expect(storedText + cookies).not.toContain(tokens[0]?.slice(-40));
    expect(storedText + cookies).not.toMatch(/eyJ|code_verifier/u);
    expect(ours()).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['in a hidden frame', false],
    ['by a refresh token', true],
  ])('stays signed in %s after a token expires, without a reload', async (_how, refresh) => {
    Object.assign(idp, { refresh, tokenLifeS: SHORT_LIFE_S });
    const { page, tokens, ours } = await visitAs(refresh ? 'grace' : 'barbara');
    await mark(page);
    let frames = 0;
    page.on('request', (request) => void (frames += request.url().includes('prompt=none') ? 1 : 0));
    await expect.poll(() => tokens.length, { timeout: RENEWAL_TIMEOUT_MS }).toBeGreaterThanOrEqual(3);
    await page.getByRole('link', { name: 'Presets', exact: true }).click();
    await page.getByRole('heading', { name: 'Presets', level: 1 }).waitFor();
    expect(await isMarked(page)).toBe(true);
    expect(frames > 0).toBe(!refresh);
    expect(ours()).toEqual([]);
    await page.context().close();
  });

  it('stays signed in after a reload and in another tab, and is signed out in both', async () => {
    const { page, tokens, ours } = await visitAs('joan', '/presets');
    await page.reload();
    await account(page, 'joan').waitFor();
    expect(pathOf(page)).toBe('/presets');
    const other = await page.context().newPage();
    const otherTokens = tokensOf(other);
    await other.goto('/usage');
    await account(other, 'joan').waitFor();
    expect(new Set([...tokens, ...otherTokens]).size).toBe(3);

    await account(page, 'joan').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await other.getByRole('heading', { name: 'You are signed out' }).waitFor();
    expect(pathOf(page)).toBe('/signed-out');
    await page.goto('/projects');
    await signInButton(page).waitFor();
    await expect.poll(() => page.getByRole('status').textContent(), { timeout: CHECK_TIMEOUT_MS }).toBe('');
    await signInButton(page).click();
    await page.getByPlaceholder('Enter any login').waitFor();
    expect(ours()).toEqual([]);
    await page.context().close();
  });

  it('is signed out of the provider after erasing the account, and returns to a new account', async () => {
    const { page, ours } = await visitAs('edith');
    await page.getByRole('link', { name: 'New project' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Attic');
    await page.getByRole('button', { name: 'Create project' }).click();
    await page.getByRole('heading', { name: 'Attic' }).waitFor();
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Erase my account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('erase me');
    await dialog.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();

    await page.goto('/projects');
    await signInButton(page).click();
    await logIn(page, 'edith');
    await page.getByText('A project groups avatars that belong together.').waitFor();
    expect(ours()).toEqual([]);
    await page.context().close();
  });

  it('signs in again in a popup when the sign-in expires, without losing typed text', async () => {
    idp.tokenLifeS = 1;
    const { page, tokens } = await visit('/projects/new');
    await logIn(page, 'mary');
    await page.getByRole('textbox', { name: 'Name' }).fill('Half a tho');
    await mark(page);
    await page.context().clearCookies();
    const ended = page.getByRole('dialog', { name: 'Your session has expired' });
    await ended.waitFor({ timeout: RENEWAL_TIMEOUT_MS });
    const headers = { authorization: `Bearer ${tokens[0]}` };
    expect((await fetch(`${web.url}/api/v1/me`, { headers })).status).toBe(401);
    expect(await axeViolations(page, 0)).toEqual([]);

    idp.tokenLifeS = LONG_LIFE_S;
    const window = page.waitForEvent('popup');
    await ended.getByRole('button', { name: 'Sign in again' }).click();
    const popup = await window;
    await logIn(popup, 'mary');
    await ended.waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Name' }).pressSequentially('ught');
    await page.getByRole('button', { name: 'Create project' }).click();
    await page.getByRole('heading', { name: 'Half a thought' }).waitFor();
    expect(await isMarked(page)).toBe(true);
    expect(popup.isClosed()).toBe(true);
    await page.context().close();
  });
});

describe('a failed sign-in', () => {
  it('shows that the user refused access, and can be repeated', async () => {
    const { page } = await visit('/projects', { colorScheme: 'dark' });
    await page.getByPlaceholder('Enter any login').fill('edith');
    await page.getByPlaceholder('and password').fill('x');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('link', { name: /Cancel/u }).click();
    await page.getByRole('alert').getByText('did not share your identity').waitFor();
    expect(await axeViolations(page, 1)).toEqual([]);
    await signInButton(page).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await account(page, 'edith').waitFor();
    await page.context().close();
  });

  it('shows that the provider is unreachable, and can be repeated later', async () => {
    idp.unavailable = true;
    const { page } = await web.visit();
    await page.goto('/projects');
    await page.getByRole('alert').getByText("can't be reached").waitFor();
    expect(await axeViolations(page, 2)).toEqual([]);
    idp.unavailable = false;
    await signInButton(page).click();
    await page.getByPlaceholder('Enter any login').waitFor();
    await page.context().close();
  });

  it('shows that the API does not accept the token, without a redirect loop', async () => {
    idp.audience = 'https://another.test';
    const { page, tokens } = await visit();
    await logIn(page, 'annie');
    await page.getByRole('alert').getByText('does not accept').waitFor();
    expect(tokens).toHaveLength(1);
    await page.context().clearCookies();
    await page.goto('/sign-in/callback?code=used&state=up');
    await page.getByRole('alert').getByText('started in another tab').waitFor();
    await page.context().close();
  });
});

describe('a response of the provider that has served already', () => {
  it('leads to the page that was wanted while the user has a session there: after Back, a reload, or with a bookmark', async () => {
    const { page, ours } = await visitAs('hedy', '/credits');
    for (const address of ['/sign-in/callback?code=used&state=up', '/sign-in/callback?error=access_denied&state=x']) {
      await page.goto(address);
      await account(page, 'hedy').waitFor();
      expect(pathOf(page)).toBe('/credits');
    }
    await page.goBack();
    await page.goForward();
    await account(page, 'hedy').waitFor();
    expect(ours()).toEqual([]);
    await page.context().close();
  });

  it('leads to one button in another browser, which leads on', async () => {
    const { page } = await web.visit();
    await page.goto('/sign-in/callback?code=of-another&state=changed');
    await page.getByRole('alert').getByText('started in another tab or too long ago').waitFor();
    expect(await page.getByRole('main').getByRole('button').count()).toBe(1);
    await signInButton(page).click();
    await page.getByPlaceholder('Enter any login').waitFor();
    await page.context().close();
  });
});

it('axe finds no violation on the sign-in and signed-out pages', async () => {
  const { page } = await web.visit();
  await page.goto('/sign-in');
  await signInButton(page).waitFor();
  expect(await axeViolations(page, 3)).toEqual([]);
  await page.goto('/signed-out?still');
  await signInButton(page).waitFor();
  expect(await axeViolations(page, 4)).toEqual([]);
  await page.context().close();
});
