import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { UsagePage } from './usage-page.tsx';

afterEach(cleanup);

const spent = { credits: 40, costUsd: 0.012, completed: 4 };
const span = { from: '2026-10-24T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' };

function answer(role: string) {
  return ({ path }: Sent) => {
    if (path === '/me') return { body: { role } };
    if (path.startsWith('/usage/summary')) {
      return { body: { ...span, ...spent, uses: 12, usesOfDeleted: 0, apps: [], failed: 1, successRate: 0.8 } };
    }
    if (path.startsWith('/usage/trends')) return { body: { ...span, bucket: 'day', data: [] } };
    return { body: { ...span, by: 'app', data: [], rest: { credits: 0, costUsd: 0, completed: 0 }, total: spent } };
  };
}
const requestsSent = (sent: readonly Sent[], what: string) =>
  sent
    .filter(({ path }) => path.startsWith(`/usage/${what}`))
    .map(({ path }) => new URL(path, 'http://studio.test').searchParams);

it('says how it went: uses, avatars, credits, dollars, success', async () => {
  renderInStudio(<UsagePage />, { answer: answer('user') });
  expect(await screen.findByText(/80\s%/u)).toBeTruthy();
  expect(screen.getByText(/1\sfailure, credits returned/u)).toBeTruthy();
  expect(screen.getByText('$0.003 per avatar')).toBeTruthy();
});

it('says in one sentence that nothing happened, instead of charts of zeros', async () => {
  const nothing = { credits: 0, costUsd: 0, completed: 0, failed: 0, uses: 0 };
  let figures = {};
  const { user } = renderInStudio(<UsagePage />, {
    answer: async (request) => {
      const { body } = answer('user')(request);
      return { body: request.path.startsWith('/usage/summary') ? { ...body, ...nothing, ...figures } : body };
    },
  });
  expect(await screen.findByText(/^No avatars were generated, and none was used/u)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Show my projects' }).getAttribute('href')).toBe('/projects');
  expect(screen.queryByRole('heading', { name: 'By project' })).toBeNull();
  figures = { failed: 1 };
  await user.click(screen.getByRole('radio', { name: '7 d' }));
  expect(await screen.findByRole('heading', { name: 'By project' })).toBeTruthy();
  expect(screen.queryByText(/^No avatars were generated/u)).toBeNull();
});

it('reads the figures of the days that are chosen', async () => {
  const { user, sent } = renderInStudio(<UsagePage />, { answer: answer('user') });
  await user.click(screen.getByRole('radio', { name: '7 d' }));
  await waitFor(() => expect(requestsSent(sent, 'summary')).toHaveLength(2));
  const [month, week] = requestsSent(sent, 'summary').map((query) => Date.parse(query.get('from') ?? ''));
  expect((week! - month!) / 86_400_000).toBe(23);
});

it('draws as finely as is chosen', async () => {
  const { user, sent } = renderInStudio(<UsagePage />, { answer: answer('user') });
  await user.click(screen.getByRole('radio', { name: 'Week' }));
  await waitFor(() =>
    expect(requestsSent(sent, 'trends').map((query) => query.get('bucket'))).toEqual(['day', 'week']),
  );
});

it('lets only admins see everybody’s figures', async () => {
  const { user, sent } = renderInStudio(<UsagePage />, { answer: answer('admin') });
  await user.click(await screen.findByRole('radio', { name: 'Everyone' }));
  await waitFor(() => expect(requestsSent(sent, 'costs').at(-1)?.get('account')).toBe('all'));
  cleanup();
  renderInStudio(<UsagePage />, { answer: answer('user') });
  await screen.findByText(/80\s%/u);
  expect(screen.queryByRole('radio', { name: 'Everyone' })).toBeNull();
});

it('shows everything but the costs by app and project when those of all accounts are too many', async () => {
  renderInStudio(<UsagePage />, {
    answer: (request) =>
      /[?&]by=(app|project)/u.test(request.path)
        ? { status: 400, body: { code: 'validation_failed', detail: 'Too much' } }
        : answer('admin')(request),
  });
  expect(await screen.findByText(/80\s%/u)).toBeTruthy();
  expect(await screen.findAllByText('Too much to add up. Choose a shorter period.')).toHaveLength(2);
  expect(screen.getByText('Nothing in this period.')).toBeTruthy();
});

it('says what went wrong and reads again when asked to', async () => {
  let broken = true;
  const { user } = renderInStudio(<UsagePage />, {
    answer: (request) =>
      broken && request.path.startsWith('/usage')
        ? { status: 403, body: { code: 'forbidden', title: 'Not allowed' } }
        : answer('user')(request),
  });
  const again = await screen.findByRole('button', { name: 'Try again' });
  broken = false;
  await user.click(again);
  expect(await screen.findByText(/80\s%/u)).toBeTruthy();
});
