import type { Page } from 'playwright-core';
import { callApi } from './call-api.ts';

/** Opens the dialog for a new avatar with its shortcut, enters the prompt, and submits. Returns when the dialog has closed. */
export async function generateAvatar(page: Page, prompt: string): Promise<void> {
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'New avatar' });
  await dialog.getByRole('textbox', { name: 'Prompt' }).fill(prompt);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
}

/**
 * Requests a small avatar in the project that the page shows, past its dialog: opening that, and an image of full size, cost a second
 * of a core each.
 */
export async function requestAvatar(page: Page, prompt: string): Promise<void> {
  const [, , projectId] = new URL(page.url()).pathname.split('/');
  const body = { sourceType: 'text_to_image', prompt, options: { size: 512 } };
  await callApi(page, `/projects/${projectId}/generations`, body);
}

/** Signs in as a demo user and creates a project; ends on its page. */
export async function openProject(page: Page, user: 'alice' | 'bob' | 'admin', name: string): Promise<void> {
  await page.goto(`/projects/new?user=${user}`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Create project' }).click();
  await page.getByRole('heading', { name }).waitFor();
}

export function card(page: Page, name: RegExp) {
  return page.getByRole('article', { name });
}
