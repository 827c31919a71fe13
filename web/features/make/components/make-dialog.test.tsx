import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aGeneration, anAvatar, PRESET, PROJECT_ID } from '../../../../contract/testing/samples.ts';
import type { Avatar } from '../../../../contract/avatar.ts';
import { type Answer, renderInStudio, type Sent } from '../../../testing/render-in-studio.tsx';
import { MakeDialog } from './make-dialog.tsx';

let project = 0;
let available: number;
let answerStart: Answer;
let answerPrompts: Answer;
const UPLOAD_ID = '55555555-5555-4555-8555-555555555555';
const GUEST = anAvatar({ name: 'Guest' });
const onClose = vi.fn<() => void>();

beforeEach(() => {
  project += 1; // drafts are kept by project: each test has its own
  available = 100;
  answerStart = () => ({ status: 202, body: aGeneration() });
  answerPrompts = () => ({ status: 404, body: {} });
  onClose.mockReset();
});
afterEach(cleanup);

function answer(request: Sent) {
  if (request.path === '/credits') return { body: { available, held: 0, posted: available } };
  if (request.path === '/credits/prices') return { body: { generate: 10, preset: 8, upload: 2 } };
  if (request.path.startsWith('/presets')) {
    return { body: { data: [PRESET], meta: { nextCursor: null, hasMore: false, total: 1 } } };
  }
  if (/\/avatars\?/u.test(request.path))
    return { body: { data: [GUEST], meta: { nextCursor: null, hasMore: false, total: 1 } } };
  if (request.path.startsWith('/prompts/')) return answerPrompts(request);
  if (request.path === '/uploads')
    return { status: 201, body: { id: UPLOAD_ID, url: 'http://pictures.test/u.webp', expiresAt: '' } };
  return answerStart(request);
}

async function open({ fromId, ...more }: { fromId?: string; reference?: Avatar } = {}) {
  const projectId = PROJECT_ID.replace(/.{4}$/u, String(project).padStart(4, '0'));
  const view = renderInStudio(
    <MakeDialog projectId={projectId} projectName="Tavern cast" fromId={fromId} onClose={onClose} {...more} />,
    { answer },
  );
  await screen.findByRole('dialog', { name: 'Make an avatar' });
  const starts = () => view.sent.filter(({ path }) => /\/(generations|batches)$/u.test(path));
  return { ...view, starts, prompt: screen.getByRole('textbox', { name: /^Prompt/u }) };
}
const button = () => screen.getByRole('button', { name: /Make avatar|needed|Making/u });

describe('the make dialog', () => {
  it('has a receipt: what it costs and what is left after it', async () => {
    await open();
    expect(await screen.findByText('90 left')).toBeTruthy();
    expect(screen.getByText('10 credits')).toBeTruthy();
  });

  it('sends what was written and chosen, once, under a key, and closes', async () => {
    const { user, prompt, starts } = await open();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByRole('radio', { name: 'Anime' }));
    await user.click(screen.getByRole('radio', { name: 'High' }));
    await user.click(button());
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(starts()).toHaveLength(1);
    expect(starts()[0]).toMatchObject({
      body: { sourceType: 'text_to_image', prompt: 'A knight', style: 'anime', options: { quality: 'high' } },
    });
    expect(starts()[0]?.idempotencyKey).toBeTruthy();
  });

  it.each(['Control', 'Meta'])('makes on %s+Enter from anywhere in it', async (modifier) => {
    const { user, prompt, starts } = await open();
    await user.type(prompt, 'A knight');
    await user.keyboard(`{${modifier}>}{Enter}{/${modifier}}`);
    await waitFor(() => expect(starts()).toHaveLength(1));
  });

  it('asks for words before it sends any', async () => {
    const { user, prompt, starts } = await open();
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('Describe the face first.');
    expect(prompt.getAttribute('aria-invalid')).toBe('true');
    expect(starts()).toEqual([]);
  });

  it('says when the words are too many', async () => {
    const { user, prompt, starts } = await open();
    prompt.focus();
    await user.paste('x'.repeat(1_001));
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('The prompt must have at most 1000 characters.');
    expect(starts()).toEqual([]);
  });

  it('says how many credits are missing and sends nothing, by button or by key', async () => {
    available = 4;
    const { user, prompt, starts } = await open();
    await waitFor(() => expect(button().textContent).toBe('6\u00A0more credits needed'));
    expect(button().getAttribute('aria-disabled')).toBe('true');
    await user.type(prompt, 'A knight');
    await user.click(button());
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(starts()).toEqual([]);
  });

  it('shows the built prompt as it will be painted while it is written', async () => {
    const { user, prompt } = await open();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByRole('radio', { name: 'Clay' }));
    const built = screen.getByRole('region', { name: 'Built prompt' });
    await waitFor(() => expect(built.textContent).toContain('A knight. Stop-motion clay figure'));
  });

  it('chooses an attribute from its palette', async () => {
    const { user, prompt, starts } = await open();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByRole('button', { name: /^Hair/u }));
    await user.click(
      within(await screen.findByRole('radiogroup', { name: 'Hair' })).getByRole('radio', { name: 'auburn' }),
    );
    expect(screen.getByText('1 of 8 set')).toBeTruthy();
    await user.click(button());
    await waitFor(() => expect(starts()).toMatchObject([{ body: { attributes: { hairColor: 'auburn' } } }]));
  });

  it('keeps the seed that is shown, and rolls another', async () => {
    const { user, prompt, starts } = await open();
    const seed = screen.getByRole('status', { name: 'Seed' });
    const before = seed.textContent;
    await user.click(screen.getByRole('button', { name: 'Another seed' }));
    expect(seed.textContent).not.toBe(before);
    await user.type(prompt, 'A knight');
    await user.click(button());
    await waitFor(() => expect(starts()).toHaveLength(1));
    const shown = Number(seed.textContent?.replaceAll(/\D/gu, ''));
    expect(starts()[0]).toMatchObject({ body: { options: { seed: shown } } });
  });

  it('makes from a preset at its price, with the preset’s own words', async () => {
    const { user, starts } = await open();
    await user.click(screen.getByRole('radio', { name: 'Preset' }));
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('Pick a preset first.');
    await user.click(await screen.findByRole('radio', { name: 'Executive' }));
    expect(await screen.findByText('92 left')).toBeTruthy();
    await user.click(button());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({ sourceType: 'from_preset', presetId: PRESET.id });
    expect(starts()[0]?.body).not.toHaveProperty('prompt');
  });
});

describe('several at once', () => {
  it('are one batch, with the sum on the receipt and the number on the button', async () => {
    answerStart = () => ({ status: 202, body: { generations: [aGeneration()] } });
    const { user, prompt, starts } = await open();
    await user.type(prompt, 'A knight');
    for (let clicks = 0; clicks < 9; clicks += 1) await user.click(screen.getByRole('button', { name: 'One more' }));
    expect(await screen.findByText('8 × 10 = 80 credits')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Make 8 avatars' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(starts()).toMatchObject([{ body: { request: { prompt: 'A knight' }, vary: 'seed', count: 8 } }]);
    expect(starts()[0]?.path).toMatch(/\/batches$/u);
  });

  it('say how many credits they want that are not there', async () => {
    available = 15;
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'One more' }));
    await waitFor(() => expect(button().textContent).toBe('5\u00A0more credits needed'));
  });
});

describe('beginning with a picture', () => {
  it('asks for one, and takes one of the project’s avatars to follow', async () => {
    const { user, starts } = await open();
    await user.click(screen.getByRole('radio', { name: 'Reference' }));
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('Pick a picture first.');
    await user.click(await screen.findByRole('radio', { name: 'Guest' }));
    await user.click(button());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({
      sourceType: 'from_reference',
      reference: { avatarId: GUEST.id },
      mode: 'reference',
    });
  });

  it('varies an avatar as far as is wished, with seeds near its own', async () => {
    const { starts } = await open({ reference: GUEST });
    expect(screen.getByRole('status', { name: 'Seed' }).textContent).toBe('near the picture’s');
    fireEvent.change(screen.getByRole('slider', { name: 'How far it goes' }), { target: { value: '0.3' } });
    fireEvent.click(button());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({ reference: { avatarId: GUEST.id }, mode: 'variation', strength: 0.3 });
    expect(starts()[0]?.body).not.toHaveProperty('options.seed');
  });

  it('restyles it with its own seed, once a style is picked', async () => {
    const { user, starts } = await open({ reference: GUEST });
    await user.click(screen.getByRole('radio', { name: 'Restyle it' }));
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('Pick a style first.');
    await user.click(screen.getByRole('radio', { name: 'Clay' }));
    await user.click(button());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({ mode: 'style', style: 'clay', options: { seed: 7 } });
  });

  it('sends a picture of one’s own, which can not be varied', async () => {
    const { user, starts, sent } = await open();
    await user.click(screen.getByRole('radio', { name: 'Reference' }));
    await user.upload(screen.getByLabelText('Upload a picture'), new File(['x'], 'me.png', { type: 'image/png' }));
    expect(await screen.findByRole('radio', { name: 'Your picture' })).toBeTruthy();
    expect(screen.queryByRole('radio', { name: 'Vary it' })).toBeNull();
    expect(sent.find(({ path }) => path === '/uploads')?.idempotencyKey).toBeTruthy();
    await user.click(button());
    await waitFor(() => expect(starts()[0]?.body).toMatchObject({ reference: { uploadId: UPLOAD_ID } }));
  });
});

describe('the persona', () => {
  it('is folded away, and sent when written', async () => {
    const { user, prompt, starts } = await open();
    await user.type(prompt, 'A knight');
    await user.click(screen.getByText('Persona'));
    await user.type(screen.getByRole('textbox', { name: 'Age' }), '7');
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('A whole number from 18 to 120.');
    expect(starts()).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Age' }), '1');
    await user.type(screen.getByRole('textbox', { name: 'Character' }), 'wry, loyal');
    await user.click(button());
    await waitFor(() =>
      expect(starts()[0]?.body).toMatchObject({ persona: { age: 71, personality: ['wry', 'loyal'] } }),
    );
  });
});

describe('what the studio knows about a prompt', () => {
  it('is who paints it, how long that takes and who steps in', async () => {
    const plan = [
      { provider: 'replicate', model: 'FLUX dev', costUsd: 0.025, typicalSeconds: 3 },
      { provider: 'illustrator', model: 'Illustrator', costUsd: 0, typicalSeconds: 0.5 },
    ];
    const parts = [{ from: 'words', text: 'A knight, as the studio puts it', why: 'Your words' }];
    answerPrompts = () => ({ body: { prompt: '', negativePrompt: null, parts, price: 10, seed: 1, plan } });
    const { user, prompt } = await open();
    await user.type(prompt, 'A knight');
    expect(await screen.findByText('Falls back to Illustrator')).toBeTruthy();
    expect(screen.getByText('FLUX dev')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Built prompt' }).textContent).toContain('as the studio puts it');
  });
});

describe('when the studio says no', () => {
  const problem = (status: number, code: string, detail: string) => () => ({
    status,
    body: { code, status, title: detail, detail, requestId: 'r' },
  });

  it('puts a refused prompt’s reason at the prompt', async () => {
    answerStart = problem(422, 'prompt_rejected', 'This prompt can not be made.');
    const { user, prompt } = await open();
    await user.type(prompt, 'A knight');
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('This prompt can not be made.');
    expect(prompt.getAttribute('aria-invalid')).toBe('true');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('says what else is wrong at the button, asks for the balance again, and takes the next press for a new intent', async () => {
    answerStart = problem(402, 'insufficient_credits', 'Not enough credits');
    const { user, prompt, starts, sent } = await open();
    await user.type(prompt, 'A knight');
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('Not enough credits');
    await waitFor(() => expect(sent.filter(({ path }) => path === '/credits')).toHaveLength(2));
    await user.click(button());
    await waitFor(() => expect(starts()).toHaveLength(2));
    expect(starts()[0]?.idempotencyKey).not.toBe(starts()[1]?.idempotencyKey);
  });

  it('sends again by itself under the same key when no answer came', async () => {
    let asked = 0;
    answerStart = () => {
      asked += 1;
      if (asked === 1) throw new TypeError('network');
      return { status: 202, body: aGeneration() };
    };
    const { user, prompt, starts } = await open();
    await user.type(prompt, 'A knight');
    await user.click(button());
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce(), { timeout: 3_000 });
    expect(starts()).toHaveLength(2);
    expect(starts()[0]?.idempotencyKey).toBe(starts()[1]?.idempotencyKey);
  });
});

describe('drafts', () => {
  it('are there again when the dialog was closed', async () => {
    const first = await open();
    await first.user.type(first.prompt, 'A knight');
    cleanup();
    const second = await open();
    expect((second.prompt as HTMLTextAreaElement).value).toBe('A knight');
  });
});
