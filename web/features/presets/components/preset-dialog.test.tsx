import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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

it('keeps a new preset, once, under a key, and closes', async () => {
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
      body: { name: 'Tavern bard', category: 'Fantasy', prompt: 'A bard with a lute', attributes: { style: 'anime' } },
    },
  ]);
  expect(changes()[0]?.idempotencyKey).toBeTruthy();
});

it('says what is missing and sends nothing', async () => {
  const { user, changes } = open();
  await user.click(screen.getByRole('button', { name: 'Create preset' }));
  expect(await screen.findAllByRole('alert')).toHaveLength(3);
  expect(changes()).toEqual([]);
});

it('changes one of mine and leaves its other attributes as they are', async () => {
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

it('does not offer to change a public one', async () => {
  open(PRESET.id, () => ({ body: PRESET }));
  expect(await screen.findByText(/belongs to everybody/u)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull();
});

it('says in words why it could not be kept', async () => {
  const { user } = open(own.id, ({ method }) =>
    method === 'GET'
      ? { body: own }
      : { status: 404, body: { code: 'not_found', title: 'Not found', detail: 'This preset is gone.' } },
  );
  await user.click(await screen.findByRole('button', { name: 'Save changes' }));
  expect((await screen.findByRole('alert')).textContent).toBe('This preset is gone.');
  expect(onClose).not.toHaveBeenCalled();
});
