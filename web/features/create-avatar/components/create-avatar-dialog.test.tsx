import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { aGeneration, PRESET } from '#contract/testing/samples.ts';
import { GUEST, generateButton, openCreateAvatarDialog } from '../testing/open-create-avatar-dialog.tsx';

afterEach(cleanup);

describe('the make dialog', () => {
  it('has a receipt: what it costs and what is left after it', async () => {
    await openCreateAvatarDialog();
    expect(await screen.findByText('90 left')).toBeTruthy();
    expect(screen.getByText('10 credits')).toBeTruthy();
  });

  it('sends what was written and chosen, once, under a key, and closes', async () => {
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

  it.each(['Control', 'Meta'])('makes on %s+Enter from anywhere in it', async (modifier) => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    await user.type(prompt, 'A knight');
    await user.keyboard(`{${modifier}>}{Enter}{/${modifier}}`);
    await waitFor(() => expect(starts()).toHaveLength(1));
  });

  it('asks for words before it sends any', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('Describe the face first.');
    expect(prompt.getAttribute('aria-invalid')).toBe('true');
    expect(starts()).toEqual([]);
  });

  it('says when the words are too many', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    prompt.focus();
    await user.paste('x'.repeat(1_001));
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('The prompt must have at most 1000 characters.');
    expect(starts()).toEqual([]);
  });

  it('says how many credits are missing and sends nothing, by button or by key', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog({ available: 4 });
    await waitFor(() => expect(generateButton().textContent).toBe('6\u00A0more credits needed'));
    expect(generateButton().getAttribute('aria-disabled')).toBe('true');
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(starts()).toEqual([]);
  });

  it('shows the final prompt as it will be painted while it is written', async () => {
    const { user, prompt } = await openCreateAvatarDialog();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByRole('radio', { name: 'Clay' }));
    const built = screen.getByRole('region', { name: 'Final prompt' });
    await waitFor(() => expect(built.textContent).toContain('A knight. Stop-motion clay figure'));
  });

  it('chooses an attribute from its palette', async () => {
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

  it('keeps the seed that is shown, and rolls another', async () => {
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

  it('makes from a preset at its price, with the preset’s own words', async () => {
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

describe('when the studio says no', () => {
  const problem = (status: number, code: string, detail: string) => () => ({
    status,
    body: { code, status, title: detail, detail, requestId: 'r' },
  });

  it('puts a refused prompt’s reason at the prompt', async () => {
    const { user, prompt, onClose } = await openCreateAvatarDialog({
      start: problem(422, 'prompt_rejected', 'This prompt can not be made.'),
    });
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('This prompt can not be made.');
    expect(prompt.getAttribute('aria-invalid')).toBe('true');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('keeps what was typed, and puts the reason where the refused words stand', async () => {
    const detail = 'Words that demean people are not painted here.';
    const errors = [{ path: 'persona.background', message: detail }];
    const body = { code: 'prompt_rejected', rule: 'hate', status: 422, title: '', detail, errors, requestId: 'r' };
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

  it('says what else is wrong at the button, asks for the balance again, and takes the next press for a new intent', async () => {
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

  it('sends again by itself under the same key when no answer came', async () => {
    let asked = 0;
    const start = () => {
      asked += 1;
      if (asked === 1) throw new TypeError('network');
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

describe('my defaults', () => {
  const userDefaults = {
    style: 'noir',
    quality: 'high',
    optimizeFor: 'cost',
    provider: 'illustrator',
    count: 2,
  } as const;

  it('are what it begins with, also when they come after it was opened', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog({ userDefaults });
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Noir' }).checked).toBe(true));
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    const options = { quality: 'high', optimizeFor: 'cost', provider: 'illustrator' };
    expect(starts()[0]?.body).toMatchObject({ count: 2, request: { style: 'noir', options } });
  });

  it('leave an image its own style', async () => {
    await openCreateAvatarDialog({ userDefaults, reference: GUEST });
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'High' }).checked).toBe(true));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Noir' }).checked).toBe(false);
  });

  it('give way to the project’s style', async () => {
    await openCreateAvatarDialog({ userDefaults, defaults: { style: 'anime' } });
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'High' }).checked).toBe(true));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Noir' }).checked).toBe(false);
  });

  it('change nothing of what was begun', async () => {
    const first = await openCreateAvatarDialog();
    await first.user.type(first.prompt, 'A knight');
    cleanup();
    const { sent, prompt } = await openCreateAvatarDialog({ projectId: first.projectId, userDefaults });
    await waitFor(() => expect(sent.some(({ path }) => path === '/me')).toBe(true));
    await screen.findByText('90 left'); // of one image
    expect((prompt as HTMLTextAreaElement).value).toBe('A knight');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Noir' }).checked).toBe(false);
  });
});

describe('drafts', () => {
  it('are there again when the dialog was closed', async () => {
    const first = await openCreateAvatarDialog();
    await first.user.type(first.prompt, 'A knight');
    cleanup();
    const second = await openCreateAvatarDialog({ projectId: first.projectId });
    expect((second.prompt as HTMLTextAreaElement).value).toBe('A knight');
  });
});
