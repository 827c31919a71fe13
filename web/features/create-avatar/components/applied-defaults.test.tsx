import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { generateButton, openCreateAvatarDialog } from '../testing/open-create-avatar-dialog.tsx';

afterEach(cleanup);

const DEFAULTS = {
  style: 'noir',
  attributes: { hairColor: 'silver' },
  persona: { background: 'Harbour police.' },
} as const;

describe('AppliedDefaults', () => {
  it('shows the project defaults and leaves applying them to the API', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog({ defaults: DEFAULTS });
    expect(screen.getByText('Silver hair. Noir. Harbour police.')).toBeTruthy();
    expect(screen.getAllByText('Project’s').length).toBeGreaterThan(0);
    await user.type(prompt, 'A detective');
    expect(document.body.textContent).toContain('Silver hair'); // in the final prompt as well
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).not.toHaveProperty('projectDefaults');
    expect(starts()[0]?.body).not.toHaveProperty('style');
  });

  it('sends projectDefaults: false when switched off', async () => {
    const { user, prompt, starts } = await openCreateAvatarDialog({ defaults: DEFAULTS });
    await user.click(screen.getByRole('switch', { name: 'Use project defaults' }));
    expect(screen.queryByText('Project’s')).toBeNull();
    await user.type(prompt, 'A detective');
    await user.click(generateButton());
    await waitFor(() => expect(starts()).toHaveLength(1));
    expect(starts()[0]?.body).toMatchObject({ projectDefaults: false });
  });

  it('renders nothing in a project without defaults', async () => {
    await openCreateAvatarDialog({ defaults: {} });
    expect(screen.queryByRole('switch', { name: 'Use project defaults' })).toBeNull();
  });
});
