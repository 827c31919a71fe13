import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, afterEach, expect, it, vi } from 'vitest';
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
  const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save defaults' }));
  return { ...view, onClose, save };
}

describe('the project defaults dialog', () => {
  it('shows the defaults and saves all of them with the changes', async () => {
    const { sent, onClose, save } = open(PROJECT);
    const character = screen.getByRole<HTMLInputElement>('textbox', { name: 'Personality' });
    expect(character.value).toBe('wry');
    expect(screen.getByRole('combobox', { name: 'Style' }).textContent).toContain('Noir');
    fireEvent.change(character, { target: { value: 'wry, loyal' } });
    fireEvent.change(screen.getByRole('textbox', { name: 'Background' }), { target: { value: ' Harbor police. ' } });
    save();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent.find(({ method }) => method === 'PATCH')?.body).toEqual({
      defaults: {
        style: 'noir',
        persona: { age: 45, personality: ['wry', 'loyal'], background: 'Harbor police.' },
      },
    });
  });

  it('saves no defaults when every field is cleared', async () => {
    const { sent, onClose, save } = open({ ...PROJECT, defaults: { persona: { background: 'Old.' } } });
    fireEvent.change(screen.getByRole('textbox', { name: 'Background' }), { target: { value: ' ' } });
    save();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent.find(({ method }) => method === 'PATCH')?.body).toEqual({ defaults: {} });
  });

  it('stays open and shows the error when saving fails', async () => {
    const { onClose, save } = open(PROJECT, 400);
    save();
    expect((await screen.findByRole('alert')).textContent).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });
});
