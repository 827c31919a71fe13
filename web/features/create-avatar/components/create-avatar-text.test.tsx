import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sent } from '#web/testing/render-in-studio.tsx';
import { generateButton, openCreateAvatarDialog } from '../testing/open-create-avatar-dialog.tsx';

afterEach(cleanup);

describe('the prompt preview in CreateAvatarDialog', () => {
  it('shows the model, its typical time, and the fallback, but not the provider cost', async () => {
    const plan = [
      { provider: 'replicate', model: 'FLUX.1 [dev]', costUsd: 0.025, typicalSeconds: 3 },
      { provider: 'illustrator', model: 'Illustrator', costUsd: 0, typicalSeconds: 0.5 },
    ];
    const parts = [{ from: 'text', text: 'A knight, as the API builds it', reason: 'Your prompt' }];
    const preview = { prompt: '', negativePrompt: null, parts, price: 10, seed: 1, plan };
    const prompts = ({ path }: Sent) =>
      path.startsWith('/prompts/preview') ? { body: preview } : { body: { suggestions: [] } };
    const { user, prompt } = await openCreateAvatarDialog({ prompts });
    await user.type(prompt, 'A knight');
    expect(await screen.findByText('Falls back to Illustrator')).toBeTruthy();
    expect(screen.getByText('FLUX.1 [dev]')).toBeTruthy();
    expect(document.body.textContent).not.toContain('0.025');
    // A slow typist sees the plan of the first letters before the preview of the whole prompt.
    const final = screen.getByRole('region', { name: 'Final prompt' });
    await waitFor(() => expect(final.textContent).toContain('as the API builds it'));
  });

  it('shows that a prompt would be refused before the user submits', async () => {
    const detail = 'This is too explicit for an avatar. Say it in other words.';
    const refused = {
      status: 422,
      body: { code: 'prompt_not_allowed', status: 422, title: '', detail, requestId: 'r' },
    };
    const prompts = ({ path, body }: Sent) =>
      path.startsWith('/prompts/preview') && JSON.stringify(body).includes('knight')
        ? refused
        : { status: 404, body: {} };
    const { user, prompt, starts } = await openCreateAvatarDialog({ prompts, start: () => refused });
    await user.type(prompt, 'A knight');
    expect((await screen.findByText(detail)).getAttribute('role')).toBe('status');
    expect(starts()).toEqual([]);
    // Sent anyway, it is refused at its field, and the message stands there once.
    await user.click(generateButton());
    await waitFor(() => expect(prompt.getAttribute('aria-invalid')).toBe('true'));
    await waitFor(() => expect(screen.getAllByText(detail)).toHaveLength(1));
    await user.clear(prompt);
    await user.type(prompt, 'A smith');
    await waitFor(() => expect(screen.queryByText(detail)).toBeNull());
  });
});

describe('an objection in CreateAvatarDialog', () => {
  it('is sent with the refused texts, the rule and a comment', async () => {
    const detail = 'Not allowed: “kike”. Remove it.';
    const errors = [{ path: 'prompt', message: detail, term: 'kike' }];
    const refused = {
      code: 'prompt_not_allowed',
      rule: 'hate',
      status: 422,
      title: '',
      detail,
      errors,
      requestId: 'r',
    };
    const prompts = ({ path }: Sent) =>
      path.startsWith('/prompts/preview') ? { status: 422, body: refused } : { status: 404, body: {} };
    const received = { id: 'o', rule: 'hate', decision: null, createdAt: '2026-11-28T08:00:00.000Z' };
    const { user, prompt, sent } = await openCreateAvatarDialog({
      prompts,
      start: () => ({ status: 201, body: received }),
    });
    await user.type(prompt, 'Portrait of kike garcía');
    expect(await screen.findByText(detail)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Object to this refusal' }));
    await user.keyboard(' A name '); // the field has the focus
    await user.click(screen.getByRole('button', { name: 'Send objection' }));
    expect(await screen.findByText(/You will be notified/u)).toBeTruthy();
    expect(sent.find(({ path }) => path === '/objections')?.body).toEqual({
      rule: 'hate',
      texts: [{ path: 'prompt', text: 'Portrait of kike garcía' }],
      comment: 'A name',
    });
  });
});

const COAT = 'a lighthouse keeper in a yellow coat';
const suggesting = ({ path }: Sent) =>
  path === '/prompts/suggest'
    ? { body: { suggestions: [{ prompt: COAT, from: 'history', reason: 'You generated an avatar from this' }] } }
    : { status: 404, body: {} };

describe('prompt completion in CreateAvatarDialog', () => {
  it('appears while the user types; Tab accepts it, the next Tab moves the focus', async () => {
    const { user, prompt } = await openCreateAvatarDialog({ prompts: suggesting });
    await user.type(prompt, 'A lighthouse k');
    expect(await screen.findByText(/^Suggestion: eeper in a yellow coat/u)).toBeTruthy();
    await user.tab();
    expect(prompt).toHaveProperty('value', 'A lighthouse keeper in a yellow coat');
    expect(document.activeElement).toBe(prompt);
    await user.tab();
    expect(document.activeElement).not.toBe(prompt);
  });

  it('closes on Escape without closing the dialog', async () => {
    const { user, prompt, onClose } = await openCreateAvatarDialog({ prompts: suggesting });
    await user.type(prompt, 'A lighthouse k');
    await screen.findByText(/^Suggestion/u);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByText(/^Suggestion/u)).toBeNull());
    expect(onClose).not.toHaveBeenCalled();
  });

  it('does not appear when it does not start with the typed text', async () => {
    const { user, prompt, sent } = await openCreateAvatarDialog({ prompts: suggesting });
    await user.type(prompt, 'A smith');
    await waitFor(() => expect(sent.some(({ path }) => path === '/prompts/suggest')).toBe(true));
    expect(screen.queryByText(/^Suggestion/u)).toBeNull();
  });
});

describe('enhancing a prompt in CreateAvatarDialog', () => {
  const added = { kind: 'framing', added: 'head and shoulders', reason: 'Says how much of the person is seen' };
  const enhancing = (changes: object[]) => (request: Sent) =>
    request.path === '/prompts/enhance'
      ? { body: { prompt: changes.length > 0 ? 'A smith, head and shoulders' : 'A smith', changes } }
      : { status: 404, body: {} };

  it('shows the changes and reasons before replacing the prompt, by shortcut', async () => {
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

  it('keeps the prompt when declined, and withdraws the offer when the prompt changes', async () => {
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
