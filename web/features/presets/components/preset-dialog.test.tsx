import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESET } from '#contract/testing/samples.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { PresetDialog } from './preset-dialog.tsx';

const onClose = vi.fn<() => void>();
const own = { ...PRESET, own: true };

beforeEach(() => void onClose.mockReset());
afterEach(cleanup);

function open(presetId?: string, answer: Answer = () => ({ status: 201, body: own })) {
  const view = renderInStudio(<PresetDialog presetId={presetId} onClose={onClose} />, { answer });
  return { ...view, changes: () => view.sent.filter(({ method }) => method !== 'GET') };
}

describe('PresetDialog', () => {
  it('creates a preset once with an idempotency key, and closes', async () => {
    const { user, changes } = open();
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Tavern bard');
    await user.type(screen.getByRole('combobox', { name: 'Category' }), 'Fantasy');
    await user.type(screen.getByRole('textbox', { name: 'Prompt' }), 'A bard with a lute');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Style' }), 'anime');
    await user.click(screen.getByRole('button', { name: 'Create preset' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(changes()).toMatchObject([
      {
        method: 'POST',
        path: '/presets',
        body: {
          name: 'Tavern bard',
          category: 'Fantasy',
          prompt: 'A bard with a lute',
          attributes: { style: 'anime' },
        },
      },
    ]);
    expect(changes()[0]?.idempotencyKey).toBeTruthy();
  });

  it('shows missing fields and sends nothing', async () => {
    const { user, changes } = open();
    await user.click(screen.getByRole('button', { name: 'Create preset' }));
    expect(await screen.findAllByRole('alert')).toHaveLength(3);
    expect(changes()).toEqual([]);
  });

  it('updates an own preset and leaves its other attributes unchanged', async () => {
    const { user, changes } = open(own.id, () => ({ body: own }));
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Court bard');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(changes()).toMatchObject([
      { method: 'PATCH', path: `/presets/${own.id}`, body: { name: 'Court bard', attributes: own.attributes } },
    ]);
  });

  it('does not offer to edit a public preset', async () => {
    open(PRESET.id, () => ({ body: PRESET }));
    expect(await screen.findByText(/This preset is public/u)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull();
  });

  it('shows why saving failed', async () => {
    const { user } = open(own.id, ({ method }) =>
      method === 'GET'
        ? { body: own }
        : { status: 404, body: { code: 'not_found', title: 'Not found', detail: 'This preset no longer exists.' } },
    );
    await user.click(await screen.findByRole('button', { name: 'Save changes' }));
    expect((await screen.findByRole('alert')).textContent).toBe('This preset no longer exists.');
    expect(onClose).not.toHaveBeenCalled();
  });
});
