import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Project } from '#contract/project.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { ProjectsPage } from './projects-page.tsx';

const LONG_ENOUGH_MS = 9_000;
let serial = 0;
let ids: readonly string[];

beforeEach(() => {
  // A project deleted in one test stays hidden in the next, so each test gets new ids.
  serial += 1;
  ids = ['a', 'b', 'c'].map((letter) => `${letter}-${serial}`);
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const aProject = (id: string, name: string, description = ''): Project => ({
  id,
  name,
  description,
  defaults: {},
  avatarCount: 2,
  covers: [],
  createdAt: '2026-11-23T08:00:00.000Z',
  updatedAt: '2026-11-23T08:00:00.000Z',
});

async function page() {
  let projects = ['Tavern cast', 'Harbour', 'Court'].map((name, index) =>
    aProject(ids[index] ?? '', name, index === 1 ? 'Sailors of the old port' : ''),
  );
  const view = renderInStudio(
    <>
      <ProjectsPage />
      <Toaster />
    </>,
    {
      answer: ({ method, path, body }) => {
        const id = path.split('/').at(-1) ?? '';
        if (method === 'DELETE') projects = projects.filter((project) => project.id !== id);
        if (method === 'PATCH') {
          projects = projects.map((project) =>
            project.id === id ? { ...project, ...(body as Partial<Project>) } : project,
          );
          return { body: projects.find((project) => project.id === id) };
        }
        return {
          body: {
            data: projects,
            meta: { nextCursor: null, hasMore: false, total: projects.length, totalIsExact: true },
          },
        };
      },
    },
  );
  await screen.findByText('Tavern cast');
  return { ...view, sentBy: (method: string) => view.sent.filter((request) => request.method === method) };
}

async function choose(item: string) {
  fireEvent.click(await screen.findByRole('button', { name: 'More for Tavern cast' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('ProjectsPage', () => {
  it('searches projects by name and description', async () => {
    await page();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'sailor' } });
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
    expect(screen.getByText('Harbour')).toBeTruthy();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zzz' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Show all' }));
    await screen.findByText('Tavern cast');
  });

  it('renames a project', async () => {
    const { sentBy } = await page();
    await choose('Rename');
    const name = await screen.findByRole('textbox', { name: 'Name' });
    expect((name as HTMLInputElement).value).toBe('Tavern cast');
    fireEvent.input(name, { target: { value: 'The cellar' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save project' }));
    await screen.findByText('The cellar');
    expect(sentBy('PATCH').map(({ body }) => body)).toEqual([{ name: 'The cellar', description: '' }]);
  });

  it('deletes a project only once Undo is no longer offered', async () => {
    const { sentBy } = await page();
    await choose('Delete');
    await screen.findByText('Deleted “Tavern cast” and its avatars.');
    expect(screen.queryByRole('link', { name: /Tavern cast/u })).toBeNull();
    expect(sentBy('DELETE')).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(LONG_ENOUGH_MS));
    await waitFor(() => expect(sentBy('DELETE')).toHaveLength(1));
  });

  it('restores the project on Undo and sends no deletion', async () => {
    const { sentBy } = await page();
    await choose('Delete');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByRole('link', { name: /Tavern cast/u });
    await act(() => vi.advanceTimersByTimeAsync(LONG_ENOUGH_MS));
    expect(sentBy('DELETE')).toEqual([]);
  });
});
