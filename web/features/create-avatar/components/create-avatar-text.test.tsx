import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sent } from '#web/testing/render-in-studio.tsx';
import { openCreateAvatarDialog } from '../testing/open-create-avatar-dialog.tsx';

afterEach(cleanup);

describe('what the studio knows about a prompt', () => {
  it('is who paints it, how long that takes and who steps in', async () => {
    const plan = [
      { provider: 'replicate', model: 'FLUX.1 [dev]', costUsd: 0.025, typicalSeconds: 3 },
      { provider: 'illustrator', model: 'Illustrator', costUsd: 0, typicalSeconds: 0.5 },
    ];
    const parts = [{ from: 'words', text: 'A knight, as the studio puts it', reason: 'Your words' }];
    const preview = { prompt: '', negativePrompt: null, parts, price: 10, seed: 1, plan };
    const prompts = ({ path }: Sent) =>
      path.startsWith('/prompts/preview') ? { body: preview } : { body: { suggestions: [] } };
    const { user, prompt } = await openCreateAvatarDialog({ prompts });
    await user.type(prompt, 'A knight');
    expect(await screen.findByText('Falls back to Illustrator')).toBeTruthy();
    expect(screen.getByText('FLUX.1 [dev]')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Final prompt' }).textContent).toContain('as the studio puts it');
  });

  it('is that it would be refused, before anybody presses the button', async () => {
    const detail = 'This is too explicit for an avatar. Say it in other words.';
    const refused = { status: 422, body: { code: 'prompt_rejected', status: 422, title: '', detail, requestId: 'r' } };
    const prompts = ({ path, body }: Sent) =>
      path.startsWith('/prompts/preview') && JSON.stringify(body).includes('knight')
        ? refused
        : { status: 404, body: {} };
    const { user, prompt, starts } = await openCreateAvatarDialog({ prompts });
    await user.type(prompt, 'A knight');
    expect((await screen.findByText(detail)).getAttribute('role')).toBe('status');
    expect(starts()).toEqual([]);
    await user.clear(prompt);
    await user.type(prompt, 'A smith');
    await waitFor(() => expect(screen.queryByText(detail)).toBeNull());
  });
});

const COAT = 'a lighthouse keeper in a yellow coat';
const suggesting = ({ path }: Sent) =>
  path === '/prompts/suggest'
    ? { body: { suggestions: [{ prompt: COAT, from: 'history', reason: 'You kept an avatar made from this' }] } }
    : { status: 404, body: {} };

describe('how the words might go on', () => {
  it('is offered while they are written; Tab takes it, the next Tab leads on', async () => {
    const { user, prompt } = await openCreateAvatarDialog({ prompts: suggesting });
    await user.type(prompt, 'A lighthouse k');
    expect(await screen.findByText(/^Suggestion: eeper in a yellow coat/u)).toBeTruthy();
    await user.tab();
    expect(prompt).toHaveProperty('value', 'A lighthouse keeper in a yellow coat');
    expect(document.activeElement).toBe(prompt);
    await user.tab();
    expect(document.activeElement).not.toBe(prompt);
  });

  it('goes away on Escape, and the dialog stays', async () => {
    const { user, prompt, onClose } = await openCreateAvatarDialog({ prompts: suggesting });
    await user.type(prompt, 'A lighthouse k');
    await screen.findByText(/^Suggestion/u);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByText(/^Suggestion/u)).toBeNull());
    expect(onClose).not.toHaveBeenCalled();
  });

  it('is not offered where it does not begin with what was written', async () => {
    const { user, prompt, sent } = await openCreateAvatarDialog({ prompts: suggesting });
    await user.type(prompt, 'A smith');
    await waitFor(() => expect(sent.some(({ path }) => path === '/prompts/suggest')).toBe(true));
    expect(screen.queryByText(/^Suggestion/u)).toBeNull();
  });
});

describe('enhancing', () => {
  const added = { kind: 'framing', added: 'head and shoulders', reason: 'Says how much of the person is seen' };
  const enhancing = (changes: object[]) => (request: Sent) =>
    request.path === '/prompts/enhance'
      ? { body: { prompt: changes.length > 0 ? 'A smith, head and shoulders' : 'A smith', changes } }
      : { status: 404, body: {} };

  it('shows what it adds and why before it replaces anything, by key', async () => {
    const { user, prompt } = await openCreateAvatarDialog({ prompts: enhancing([added]) });
    await user.type(prompt, 'A smith.');
    await user.keyboard('{Control>}e{/Control}');
    const offer = await screen.findByRole('region', { name: 'Enhanced prompt' });
    expect(offer.querySelector('ins')?.textContent).toBe(', head and shoulders');
    expect(offer.querySelector('del')?.textContent).toBe('.');
    expect(offer.textContent).toContain('Says how much of the person is seen');
    expect(prompt).toHaveProperty('value', 'A smith.');
    await user.keyboard('{Enter}');
    expect(prompt).toHaveProperty('value', 'A smith, head and shoulders');
    expect(document.activeElement).toBe(prompt);
  });

  it('leaves the words alone when they are kept, and takes the offer back when they change', async () => {
    const { user, prompt } = await openCreateAvatarDialog({ prompts: enhancing([added]) });
    await user.type(prompt, 'A smith');
    await user.click(screen.getByRole('button', { name: 'Enhance' }));
    await user.click(await screen.findByRole('button', { name: 'Keep mine' }));
    expect(prompt).toHaveProperty('value', 'A smith');
    await user.click(screen.getByRole('button', { name: 'Enhance' }));
    await screen.findByRole('region', { name: 'Enhanced prompt' });
    await user.type(prompt, ' at work');
    expect(screen.queryByRole('region', { name: 'Enhanced prompt' })).toBeNull();
  });
});
