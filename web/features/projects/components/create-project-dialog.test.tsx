import { cleanup, screen, waitFor } from '@testing-library/react';
import { describe, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { CreateProjectDialog } from './create-project-dialog.tsx';

const onCreated = vi.fn<(project: { id: string }) => void>();

beforeEach(() => void onCreated.mockReset());
afterEach(cleanup);

function open(answer: Answer) {
  const view = renderInStudio(<CreateProjectDialog onClose={() => {}} onCreated={onCreated} />, { answer });
  return { ...view, send: () => view.user.click(screen.getByRole('button', { name: 'Create project' })) };
}

describe('the create project dialog', () => {
  it('focuses its first field and creates the project with an idempotency key', async () => {
    const { user, send, sent } = open(() => ({ status: 201, body: { id: 'p' } }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })));
    await user.keyboard('Tavern cast');
    await send();
    await waitFor(() => expect(onCreated).toHaveBeenCalledOnce());
    expect(sent).toMatchObject([{ method: 'POST', path: '/projects', body: { name: 'Tavern cast' } }]);
    expect(sent[0]?.idempotencyKey).toBeTruthy();
  });

  it('requires a name before it sends anything', async () => {
    const { send, sent } = open(() => ({ body: {} }));
    await send();
    expect((await screen.findByRole('alert')).textContent).toBe('Enter a name of at most 100 characters.');
    expect(sent).toEqual([]);
  });

  it('shows the API’s error and retries with a new idempotency key', async () => {
    const refusal = { code: 'conflict', title: 'No', detail: 'You have too many projects.' };
    const { user, send, sent } = open(() => ({ status: 409, body: refusal }));
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Tavern cast');
    await send();
    expect(await screen.findByText('You have too many projects.')).toBeTruthy();
    await send();
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[0]?.idempotencyKey).not.toBe(sent[1]?.idempotencyKey);
  });
});
