import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { aGeneration, PRESET } from '#contract/testing/samples.ts';
import { GUEST, generateButton, openCreateAvatarDialog } from '../testing/open-create-avatar-dialog.tsx';

afterEach(cleanup);

describe('CreateAvatarDialog', () => {
  it('shows the price and the remaining balance', async () => {
    await openCreateAvatarDialog();
    expect(await screen.findByText('90 left')).toBeTruthy();
    expect(screen.getByText('10 credits')).toBeTruthy();
  });

  it('sends the form once with an idempotency key, and closes', async () => {
    const { user, prompt, starts, onClose } = await openCreateAvatarDialog();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByRole('radio', { name: 'Anime' }));
    await user.click(screen.getByRole('radio', { name: 'High' }));
    await user.click(generateButton());
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(starts()).toHaveLength(1);
    expect(starts()[0]).toMatchObject({
      body: { sourceType: 'text_to_image', prompt: 'A knight', style: 'anime', options: { quality: 'high' } },
    });
    expect(starts()[0]?.idempotencyKey).toBeTruthy();
  });

  it.each(['Control', 'Meta'])('submits on %s+Enter from anywhere in the dialog', async (modifier) => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    await user.type(prompt, 'A knight');
    await user.keyboard(`{${modifier}>}{Enter}{/${modifier}}`);
    await waitFor(() => expect(starts()).toHaveLength(1));
  });

  it('requires a prompt', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('Describe the face first.');
    expect(prompt.getAttribute('aria-invalid')).toBe('true');
    expect(starts()).toEqual([]);
  });

  it('rejects a prompt that is too long', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    prompt.focus();
    await user.paste('x'.repeat(1_001));
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('The prompt must have at most 1000 characters.');
    expect(starts()).toEqual([]);
  });

  it('shows how many credits are missing and sends nothing, by button or by key', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog({ available: 4 });
    await waitFor(() => expect(generateButton().textContent).toBe('6\u00A0more credits needed'));
    expect(screen.getByRole('link', { name: '4 available' }).getAttribute('href')).toBe('/credits');
    expect(generateButton().getAttribute('aria-disabled')).toBe('true');
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(starts()).toEqual([]);
  });

  it('updates the final prompt while the user types', async () => {
    const { user, prompt } = await openCreateAvatarDialog();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByRole('radio', { name: 'Clay' }));
    const finalPrompt = screen.getByRole('region', { name: 'Final prompt' });
    await waitFor(() => expect(finalPrompt.textContent).toContain('A knight. Stop-motion clay figure'));
  });

  it('sets an attribute from its palette', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByRole('button', { name: /^Hair/u }));
    await user.click(
      within(await screen.findByRole('radiogroup', { name: 'Hair' })).getByRole('radio', { name: 'auburn' }),
    );
    expect(screen.getByText('1 of 8 set')).toBeTruthy();
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toMatchObject([{ body: { attributes: { hairColor: 'auburn' } } }]));
  });

  it('sends the displayed seed, and rolls a new one on request', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    const seed = screen.getByRole('status', { name: 'Seed' });
    const before = seed.textContent;
    await user.click(screen.getByRole('button', { name: 'Another seed' }));
    expect(seed.textContent).not.toBe(before);
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    const shown = Number(seed.textContent?.replaceAll(/\D/gu, ''));
    expect(starts()[0]).toMatchObject({ body: { options: { seed: shown } } });
  });

  it('uses a preset at its price, with the preset’s prompt', async () => {
    const { user, starts } = await openCreateAvatarDialog();
    await user.click(screen.getByRole('radio', { name: 'Preset' }));
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('Pick a preset first.');
    await user.click(await screen.findByRole('radio', { name: 'Executive' }));
    expect(await screen.findByText('92 left')).toBeTruthy();
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({ sourceType: 'from_preset', presetId: PRESET.id });
    expect(starts()[0]?.body).not.toHaveProperty('prompt');
  });
});

describe('CreateAvatarDialog, when the API rejects the request', () => {
  const problem = (status: number, code: string, detail: string) => () => ({
    status,
    body: { code, status, title: detail, detail, requestId: 'r' },
  });

  it('shows the reason for a rejected prompt at the prompt field', async () => {
    const { user, prompt, onClose } = await openCreateAvatarDialog({
      start: problem(422, 'prompt_not_allowed', 'This prompt is not allowed.'),
    });
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('This prompt is not allowed.');
    expect(prompt.getAttribute('aria-invalid')).toBe('true');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('keeps the input and shows the reason at the field with the rejected text', async () => {
    const detail = 'Demeaning text is not allowed.';
    const errors = [{ path: 'persona.background', message: detail }];
    const body = { code: 'prompt_not_allowed', rule: 'hate', status: 422, title: '', detail, errors, requestId: 'r' };
    const { user, prompt } = await openCreateAvatarDialog({ start: () => ({ status: 422, body }) });
    await user.type(prompt, 'A knight');
    await user.click(screen.getByText('Persona'));
    await user.type(screen.getByRole('textbox', { name: 'Background' }), 'His story');
    await user.click(generateButton());
    const story = screen.getByRole('textbox', { name: 'Background' });
    await waitFor(() => expect(story.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText(detail)).toBeTruthy();
    expect([prompt, story].map((field) => (field as HTMLTextAreaElement).value)).toEqual(['A knight', 'His story']);
  });

  it('shows other errors at the button, reloads the balance, and uses a new idempotency key next time', async () => {
    const { user, prompt, starts, sent } = await openCreateAvatarDialog({
      start: problem(402, 'insufficient_credits', 'Not enough credits'),
    });
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('Not enough credits');
    await waitFor(() => expect(sent.filter(({ path }) => path === '/credits')).toHaveLength(2));
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(2));
    expect(starts()[0]?.idempotencyKey).not.toBe(starts()[1]?.idempotencyKey);
  });

  it('retries by itself with the same idempotency key when there was no response', async () => {
    let calls = 0;
    const start = () => {
      calls += 1;
      if (calls === 1) throw new TypeError('network');
      return { status: 202, body: aGeneration() };
    };
    const { user, prompt, starts, onClose } = await openCreateAvatarDialog({ start });
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(starts()).toHaveLength(2);
    expect(starts()[0]?.idempotencyKey).toBe(starts()[1]?.idempotencyKey);
  });
});

describe('the user’s defaults in CreateAvatarDialog', () => {
  const userDefaults = {
    style: 'noir',
    quality: 'high',
    optimizeFor: 'cost',
    provider: 'illustrator',
    count: 2,
  } as const;

  it('apply even when they load after the dialog opened', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog({ userDefaults });
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Noir' }).checked).toBe(true));
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    const options = { quality: 'high', optimizeFor: 'cost', provider: 'illustrator' };
    expect(starts()[0]?.body).toMatchObject({ count: 2, request: { style: 'noir', options } });
  });

  it('do not override the style of a reference', async () => {
    await openCreateAvatarDialog({ userDefaults, reference: GUEST });
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'High' }).checked).toBe(true));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Noir' }).checked).toBe(false);
  });

  it('yield to the project’s style', async () => {
    await openCreateAvatarDialog({ userDefaults, defaults: { style: 'anime' } });
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'High' }).checked).toBe(true));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Noir' }).checked).toBe(false);
  });

  it('do not change a draft the user has started', async () => {
    const first = await openCreateAvatarDialog();
    await first.user.type(first.prompt, 'A knight');
    cleanup();
    const { sent, prompt } = await openCreateAvatarDialog({ projectId: first.projectId, userDefaults });
    await waitFor(() => expect(sent.some(({ path }) => path === '/me')).toBe(true));
    await screen.findByText('90 left'); // price of one image
    expect((prompt as HTMLTextAreaElement).value).toBe('A knight');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Noir' }).checked).toBe(false);
  });
});

describe('the drafts of CreateAvatarDialog', () => {
  it('are restored when the dialog is opened again', async () => {
    const first = await openCreateAvatarDialog();
    await first.user.type(first.prompt, 'A knight');
    cleanup();
    const second = await openCreateAvatarDialog({ projectId: first.projectId });
    expect((second.prompt as HTMLTextAreaElement).value).toBe('A knight');
  });
});
