import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anAvatar, aGeneration, PROJECT_ID } from '#contract/testing/samples.ts';
import { mockImages } from '#web/testing/mock-images.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { GUEST, generateButton, openCreateAvatarDialog, UPLOAD_ID } from '../testing/open-create-avatar-dialog.tsx';
import { CreateAvatarDialog } from './create-avatar-dialog.tsx';

const PNG = '\x89PNG\r\n\x1a\n';
/** Its name and type claim a PNG, whatever it is. */
const fileOf = (content: string) =>
  new File([Uint8Array.from(content, (character) => character.charCodeAt(0))], 'me.png', { type: 'image/png' });

beforeEach(() => mockImages(() => 800));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('a batch in CreateAvatarDialog', () => {
  it('shows the total price and the count, and sends one request', async () => {
    const start = () => ({ status: 202, body: { generations: [aGeneration()] } });
    const { user, prompt, starts, onClose } = await openCreateAvatarDialog({ start });
    await user.type(prompt, 'A knight');
    for (let clicks = 0; clicks < 9; clicks += 1) await user.click(screen.getByRole('button', { name: 'One more' }));
    expect(await screen.findByText('8 × 10 = 80 credits')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Generate 8 avatars' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(starts()).toMatchObject([{ body: { request: { prompt: 'A knight' }, vary: 'seed', count: 8 } }]);
    expect(starts()[0]?.path).toMatch(/\/batches$/u);
  });

  it('shows how many credits are missing', async () => {
    const { user } = await openCreateAvatarDialog({ available: 15 });
    await user.click(screen.getByRole('button', { name: 'One more' }));
    await waitFor(() => expect(generateButton().textContent).toBe('5\u00A0more credits needed'));
  });
});

describe('a reference in CreateAvatarDialog', () => {
  it('is required, and can be one of the project’s avatars', async () => {
    const { user, starts } = await openCreateAvatarDialog();
    await user.click(screen.getByRole('radio', { name: 'Reference' }));
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('Pick an image first.');
    await user.click(await screen.findByRole('radio', { name: 'Guest' }));
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({
      sourceType: 'from_reference',
      reference: { avatarId: GUEST.id },
      mode: 'reference',
    });
  });

  it('is varied with the chosen strength, without a seed', async () => {
    const { starts } = await openCreateAvatarDialog({ reference: GUEST });
    expect(screen.getByRole('status', { name: 'Seed' }).textContent).toBe('near the image’s');
    fireEvent.change(screen.getByRole('slider', { name: 'Variation strength' }), { target: { value: '0.3' } });
    fireEvent.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({ reference: { avatarId: GUEST.id }, mode: 'variation', strength: 0.3 });
    expect(starts()[0]?.body).not.toHaveProperty('options.seed');
  });

  it('keeps its own style in a project with another one', async () => {
    const reference = anAvatar({ id: '44444444-4444-4444-8444-444444444444' });
    const { user } = await openCreateAvatarDialog({ reference, defaults: { style: 'anime' } });
    expect(screen.getByRole('radio', { name: 'Image’s' })).toBeTruthy();
    const finalPrompt = screen.getByRole('region', { name: 'Final prompt' });
    expect(finalPrompt.textContent).toContain('Black and white film portrait');
    await user.upload(screen.getByLabelText('Upload an image'), fileOf(PNG));
    expect(await screen.findByRole('radio', { name: 'Project’s' })).toBeTruthy();
    expect(finalPrompt.textContent).toContain('Clean cel-shaded anime portrait');
  });

  it('is varied with a chosen seed when it has none of its own', async () => {
    const id = '66666666-6666-4666-8666-666666666666';
    const reference = anAvatar({ id, generation: { ...GUEST.generation, seed: null } });
    const { starts } = await openCreateAvatarDialog({ reference });
    expect(screen.getByRole('status', { name: 'Seed' }).textContent).not.toBe('near the image’s');
    fireEvent.click(generateButton());
    await waitFor(() => expect(starts()[0]?.body).toHaveProperty('options.seed'));
  });

  it('is restyled with its own seed, once a style is picked', async () => {
    const { user, starts } = await openCreateAvatarDialog({ reference: GUEST });
    await user.click(screen.getByRole('radio', { name: 'Restyle' }));
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('Pick a style first.');
    await user.click(screen.getByRole('radio', { name: 'Clay' }));
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({ mode: 'style', style: 'clay', options: { seed: 7 } });
  });

  it.each(['Text', 'Preset', 'Reference'])('can be dropped or pasted when starting from: %s', async (start) => {
    const { user, sent, prompt } = await openCreateAvatarDialog();
    const uploads = () => sent.filter(({ path }) => path === '/uploads').length;
    await user.click(screen.getByRole('radio', { name: start }));
    const paste = (target: Element, text: string) =>
      fireEvent.paste(target, { clipboardData: { files: [fileOf(PNG)], getData: () => text } });
    paste(document.body.contains(prompt) ? prompt : screen.getByRole('textbox', { name: /^Prompt/u }), 'Ysolde');
    expect(uploads()).toBe(0);
    const data = { files: [fileOf(PNG)], types: ['Files'] };
    fireEvent.dragOver(document, { dataTransfer: data });
    expect(await screen.findByText('Drop the image to start from it')).toBeTruthy();
    expect(fireEvent.drop(document, { dataTransfer: data })).toBe(false);
    await screen.findByRole('radio', { name: 'Your image', checked: true });
    expect(screen.queryByText('Drop the image to start from it')).toBeNull();
    paste(screen.getByRole('textbox', { name: /^Prompt/u }), '');
    await waitFor(() => expect(uploads()).toBe(2));
    fireEvent.drop(document, { dataTransfer: { files: [fileOf('GIF89a')], types: ['Files'] } });
    await screen.findByText(/^This is a GIF/u);
    expect(screen.getByRole('radio', { name: 'Your image', checked: true })).toBeTruthy();
    fireEvent.drop(document, { dataTransfer: { files: [fileOf(PNG), fileOf(PNG)], types: ['Files'] } });
    await screen.findByText('Choose one image at a time.');
    expect(uploads()).toBe(2);
  });

  it('does not change while the request is being sent', async () => {
    const sending = Promise.withResolvers<{ status: number; body: unknown }>();
    const { user, sent, prompt, onClose } = await openCreateAvatarDialog({ start: () => sending.promise });
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    fireEvent.drop(document, { dataTransfer: { files: [fileOf(PNG)], types: ['Files'] } });
    fireEvent.paste(document, { clipboardData: { files: [fileOf(PNG)], getData: () => '' } });
    expect(screen.getByRole('radio', { name: 'Text', checked: true })).toBeTruthy();
    sending.resolve({ status: 202, body: aGeneration() });
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent.some(({ path }) => path === '/uploads')).toBe(false);
  });

  it('can be an uploaded image, which can’t be varied', async () => {
    const { user, starts, sent } = await openCreateAvatarDialog();
    await user.click(screen.getByRole('radio', { name: 'Reference' }));
    await user.upload(screen.getByLabelText('Upload an image'), fileOf(PNG));
    expect(await screen.findByRole('radio', { name: 'Your image' })).toBeTruthy();
    expect(screen.queryByRole('radio', { name: 'Create variation' })).toBeNull();
    expect(sent.find(({ path }) => path === '/uploads')?.idempotencyKey).toBeTruthy();
    await user.upload(screen.getByLabelText('Upload an image'), fileOf('GIF89a'));
    expect((await screen.findByRole('alert')).textContent).toMatch(/^This is a GIF/u);
    expect(screen.getByRole('radio', { name: 'Your image' })).toHaveProperty('checked', true);
    await user.click(generateButton());
    await waitFor(() => expect(starts()[0]?.body).toMatchObject({ reference: { uploadId: UPLOAD_ID } }));
  });
});

describe('the persona in CreateAvatarDialog', () => {
  it('is collapsed at first, validated, and sent', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByText('Persona'));
    await user.type(screen.getByRole('textbox', { name: 'Age' }), '7');
    await user.click(generateButton());
    expect((await screen.findByRole('alert')).textContent).toBe('A whole number from 18 to 120.');
    expect(starts()).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Age' }), '1');
    await user.type(screen.getByRole('textbox', { name: 'Personality' }), 'wry, loyal');
    await user.click(generateButton());
    await waitFor(() =>
      expect(starts()[0]?.body).toMatchObject({ persona: { age: 71, personality: ['wry', 'loyal'] } }),
    );
  });
});

describe('what is offered in CreateAvatarDialog', () => {
  const modes = () =>
    within(screen.getByRole('radiogroup', { name: 'Reference mode' }))
      .getAllByRole('radio')
      .map((radio) => radio.parentElement?.textContent);
  const generated = (provider: string | null) =>
    anAvatar({ id: crypto.randomUUID(), name: 'Guest', generation: { ...GUEST.generation, provider } });

  it.each([
    ['its own avatar', 'illustrator', ['Use as reference', 'Create variation', 'Restyle']],
    ['an upload', null, ['Use as reference']],
    ['another provider’s avatar', 'replicate', ['Use as reference']],
  ] as const)('by the illustrator alone for %s is what it can do', async (_, provider, offered) => {
    await openCreateAvatarDialog({ reference: generated(provider), providers: ['illustrator'] });
    await waitFor(() => expect(modes()).toEqual(offered));
  });

  it('says before the price that the illustrator takes only the colors', async () => {
    const planned = { provider: 'illustrator', model: 'Illustrator', costUsd: 0, typicalSeconds: 0.5 };
    const plan = [{ ...planned, limit: 'colors_only' }];
    const prompts = () => ({ body: { prompt: 'x', negativePrompt: null, parts: [], price: 10, seed: null, plan } });
    await openCreateAvatarDialog({ reference: generated(null), providers: ['illustrator'], prompts });
    expect(await screen.findByText('Illustrator takes only the colors of the image')).toBeTruthy();
    expect(screen.getByText('Draws the same as Draft')).toBeTruthy();
  });

  it('contains no model that is not configured, also when the defaults name one', async () => {
    const defaults = { provider: 'sd', quality: 'high' } as const;
    const { user, prompt, starts } = await openCreateAvatarDialog({ userDefaults: defaults, providers: ['replicate'] });
    await user.click(screen.getByRole('combobox', { name: 'Model' }));
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Auto'),
      expect.stringContaining('FLUX'),
    ]);
    await user.keyboard('{Escape}');
    expect(screen.getByText('The best model, enlarged to 2048 pixels for print')).toBeTruthy();
    await user.type(prompt, 'A knight');
    await user.click(generateButton());
    await waitFor(() => expect(starts()[0]?.body).toMatchObject({ options: { provider: 'auto' } }));
  });
});

describe('a dialog that starts from an earlier prompt', () => {
  it('is filled from a generation that only the API knows any more, with a new seed', async () => {
    const request = { prompt: 'a baker', style: 'noir' as const };
    const from = aGeneration({ status: 'completed', seed: 7, request });
    const { prompt, user, starts } = await openCreateAvatarDialog({ from });
    expect((prompt as HTMLTextAreaElement).value).toBe('a baker');
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    const sent = starts()[0]?.body as { prompt: string; options: { seed: number } };
    expect([sent.prompt, sent.options.seed === 7]).toEqual(['a baker', false]);
  });

  it('says that the generation can’t be read, instead of opening with another prompt', async () => {
    const answer: Answer = ({ path }) =>
      path.startsWith('/generations/') ? { status: 404, body: { code: 'not_found', status: 404 } } : { body: {} };
    renderInStudio(
      <CreateAvatarDialog projectId={PROJECT_ID} projectName="" fromId={aGeneration().id} onClose={() => {}} />,
      { answer },
    );
    const dialog = await screen.findByRole('dialog', { name: 'New avatar' });
    expect(within(dialog).getByRole('alert').textContent).toContain('Not found.');
    expect(within(dialog).queryByRole('textbox')).toBeNull();
  });

  it('offers the latest prompts, takes the chosen one, and gives back what it replaced', async () => {
    const generations = ['a smith', 'A smith!', 'a knight'].map((prompt) => aGeneration({ prompt }));
    const { prompt, user } = await openCreateAvatarDialog({ generations });
    const value = () => (prompt as HTMLTextAreaElement).value;
    const choose = async (name: string) => {
      await user.click(screen.getByRole('button', { name: 'History' }));
      await user.click(await screen.findByRole('menuitem', { name }));
    };
    await user.type(prompt, 'half an idea');
    await choose('a knight');
    await waitFor(() => expect(value()).toBe('a knight'));
    await choose('half an idea');
    await waitFor(() => expect(value()).toBe('half an idea'));
  });

  it('says where the history comes from while there is none', async () => {
    const { user } = await openCreateAvatarDialog();
    await user.click(screen.getByRole('button', { name: 'History' }));
    expect(await screen.findByText('Prompts that you generate from are listed here.')).toBeTruthy();
  });
});
