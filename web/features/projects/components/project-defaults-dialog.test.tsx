import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Project } from '#contract/project.ts';
import { PROJECT_ID } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { ProjectDefaultsDialog } from './project-defaults-dialog.tsx';

afterEach(cleanup);

const PROJECT: Project = {
  id: PROJECT_ID,
  name: 'Tavern cast',
  description: '',
  defaults: { style: 'noir', persona: { age: 45, personality: ['wry'] } },
  avatarCount: 0,
  covers: [],
  createdAt: '2026-11-23T08:00:00.000Z',
  updatedAt: '2026-11-23T08:00:00.000Z',
};

function open(project: Project, status = 200) {
  const onClose = vi.fn<() => void>();
  const body = status === 200 ? project : { code: 'validation_failed', detail: 'At most ten traits.', status };
  const view = renderInStudio(<ProjectDefaultsDialog project={project} onClose={onClose} />, {
    answer: () => ({ status, body }),
  });
  const keep = () => fireEvent.click(screen.getByRole('button', { name: 'Keep it' }));
  return { ...view, onClose, keep };
}

it('shows what they have in common, and keeps all of it with what was written', async () => {
  const { sent, onClose, keep } = open(PROJECT);
  const character = screen.getByRole<HTMLInputElement>('textbox', { name: 'Character' });
  expect(character.value).toBe('wry');
  expect(screen.getByRole('combobox', { name: 'Style' }).textContent).toContain('Noir');
  fireEvent.change(character, { target: { value: 'wry, loyal' } });
  fireEvent.change(screen.getByRole('textbox', { name: 'Background' }), { target: { value: ' Harbour police. ' } });
  keep();
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent.find(({ method }) => method === 'PATCH')?.body).toEqual({
    defaults: {
      style: 'noir',
      persona: { age: 45, personality: ['wry', 'loyal'], background: 'Harbour police.' },
    },
  });
});

it('keeps nothing where all was taken away', async () => {
  const { sent, onClose, keep } = open({ ...PROJECT, defaults: { persona: { background: 'Old.' } } });
  fireEvent.change(screen.getByRole('textbox', { name: 'Background' }), { target: { value: ' ' } });
  keep();
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent.find(({ method }) => method === 'PATCH')?.body).toEqual({ defaults: {} });
});

it('stays open and says why when it is refused', async () => {
  const { onClose, keep } = open(PROJECT, 400);
  keep();
  expect((await screen.findByRole('alert')).textContent).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
});
