import { cleanup, screen, within } from '@testing-library/react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { afterEach, describe, expect, it } from 'vitest';
import { aFailedGeneration, aGeneration, anAvatar } from '#contract/testing/samples.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { IdRedirectPage } from './id-redirect-page.tsx';

afterEach(cleanup);

const AVATAR = anAvatar();
const PATH = `/avatars/${AVATAR.id}`;
const NOT_FOUND = { status: 404, body: { code: 'not_found', title: 'Not found', status: 404 } };

function Location() {
  return <output>{useLocation().pathname}</output>;
}

function open(path: string, answer: Answer) {
  const view = renderInStudio(
    <>
      <Routes>
        {['/avatars/:avatarId', '/avatars/:avatarId/report', '/generations/:generationId'].map((known) => (
          <Route key={known} path={known} element={<IdRedirectPage />} />
        ))}
        <Route path="/" element={<Navigate replace to={path} />} />
        <Route path="*" element={null} />
      </Routes>
      <Location />
    </>,
    { answer },
  );
  return { ...view, reports: () => view.sent.filter(({ method }) => method === 'POST') };
}

describe('the address of an avatar that other apps link to', () => {
  it('leads to the page of the user’s own avatar', async () => {
    open(PATH, () => ({ body: AVATAR }));
    expect(await screen.findByText(`/projects/${AVATAR.projectId}/avatars/${AVATAR.id}`)).toBeTruthy();
  });

  it('offers to report one that is not the user’s, and sends the reason and what is wrong', async () => {
    const received = { status: 202, body: { avatarId: AVATAR.id, received: true } };
    const { user, reports } = open(PATH, ({ method }) => (method === 'POST' ? received : NOT_FOUND));
    await user.click(await screen.findByRole('link', { name: 'Report this avatar' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Report avatar' }));
    await user.click(dialog.getByRole('button', { name: 'Send report' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('Say what is wrong.');
    expect(reports()).toEqual([]);

    await user.click(dialog.getByRole('radio', { name: 'Violates a copyright' }));
    await user.type(dialog.getByRole('textbox', { name: 'What is wrong?' }), 'I drew this.');
    await user.click(dialog.getByRole('button', { name: 'Send report' }));
    expect((await dialog.findByRole('status')).textContent).toContain('An administrator will read your report');
    const body = { avatarId: AVATAR.id, kind: 'copyright', statement: 'I drew this.' };
    expect(reports()).toMatchObject([{ path: '/reports', body }]);
    await user.click(dialog.getAllByRole('button', { name: 'Close' }).at(-1)!);
    expect(screen.getByText(PATH)).toBeTruthy();
  });

  it('shows why a report was not accepted, and keeps what was written', async () => {
    const full = { status: 409, body: { code: 'conflict', status: 409, detail: 'You have many undecided reports.' } };
    const { user } = open(`${PATH}/report`, ({ method }) => (method === 'POST' ? full : NOT_FOUND));
    await user.type(await screen.findByRole('textbox', { name: 'What is wrong?' }), 'My face.');
    await user.click(screen.getByRole('button', { name: 'Send report' }));
    expect((await screen.findByText('You have many undecided reports.')).getAttribute('role')).toBe('alert');
    expect(screen.getByDisplayValue('My face.')).toBeTruthy();
  });
});

describe('the address of a generation', () => {
  it.each([
    [
      'its avatar',
      aGeneration({ status: 'completed', avatar: AVATAR }),
      `/projects/${AVATAR.projectId}/avatars/${AVATAR.id}`,
    ],
    ['its project, without an avatar', aFailedGeneration(), `/projects/${aFailedGeneration().projectId}`],
    ['the queue, when its project is deleted', aFailedGeneration({ projectId: null }), '/queue'],
  ])('leads to %s', async (_, generation, path) => {
    open(`/generations/${generation.id}`, () => ({ body: generation }));
    expect(await screen.findByText(path)).toBeTruthy();
  });
});
