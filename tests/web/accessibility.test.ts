import { describe, expect, it } from 'vitest';
import { prepareTours, TOUR_LIMIT_MS } from './accessibility-tour.ts';
import { breakUsageView, restoreUsageView } from './break-view.ts';
import { card, openProject, generateAvatar } from './generate-avatar.ts';
import { HELD_TEXT, REFUSED_TEXT } from './open-web-studio.ts';
import { openPath } from './open-path.ts';

const startTour = prepareTours();

describe('accessibility on a wide screen and on a phone', () => {
  it('axe finds no violation in any view or dialog, in either theme', { timeout: TOUR_LIMIT_MS }, async () => {
    const { web, page, openView, end } = await startTour();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: /Alice/u }).waitFor();
    await openView('sign-in');
    await page.goto('/?user=alice');
    await page.getByText('A project groups avatars that belong together.').waitFor();
    await openView('no projects');
    await openPath(page, '/projects/new');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('button', { name: 'Create project' }).click();
    await page.getByRole('alert').waitFor();
    await openView('creating a project');
    await openProject(page, 'alice', 'Tavern cast');
    await openView('an empty project');
    for (const [item, fields, view] of [
      ['Rename', 'Description (optional)', 'renaming a project'],
      ['Project defaults', 'Style', 'project defaults'],
    ] as const) {
      await page.getByRole('button', { name: 'More for Tavern cast' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByRole('dialog').getByText(fields).first().waitFor();
      await openView(view);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    for (const [keys, view] of [
      ['Control+k', 'the command palette'],
      ['?', 'keyboard shortcuts'],
    ] as const) {
      await page.keyboard.press(keys);
      await page.getByRole('dialog').waitFor();
      await openView(view);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }

    web.hold();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor();
    await openView('creating an avatar');
    await page.getByRole('button', { name: /^Hair/u }).click();
    await page.getByRole('radiogroup', { name: 'Hair' }).waitFor();
    await openView('choosing hair');
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Preset' }).check();
    await page.getByRole('button', { name: 'Generate avatar' }).click();
    await page.getByText('Pick a preset first.').waitFor();
    await openView('creating from a preset');
    await page.getByRole('radio', { name: 'Text' }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    // A single slot generates them in turn, and the third one stays in progress.
    for (const text of ['Innkeeper', `A ${REFUSED_TEXT}`, `First ${HELD_TEXT}`, `Second ${HELD_TEXT}`]) {
      await generateAvatar(page, text);
    }
    await card(page, new RegExp(REFUSED_TEXT, 'u')).getByText('credits returned').waitFor();
    await page.getByRole('list', { name: 'Avatars' }).getByText('Innkeeper').waitFor();
    await card(page, /First/u).getByText('Generating with').waitFor();
    await card(page, /Second/u)
      .getByText('Next in queue')
      .waitFor();
    await openView('a project with avatars, one queued, one in progress, one failed');
    await openPath(page, '/queue');
    await card(page, /Second/u).waitFor();
    await openView('the queue page');
    for (const name of [/Second/u, /First/u]) {
      await card(page, name)
        .getByRole('button', { name: /^Cancel/u })
        .click();
      await card(page, name).getByText('credits returned').waitFor();
    }
    await openView('cancelled generations');
    await openPath(page, '/projects');
    await page.getByRole('link', { name: /Tavern cast/u }).waitFor();
    await openView('projects');
    await page.getByRole('button', { name: /^Account/u }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await openView('the account menu');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /Tavern cast/u }).click();
    await page.getByRole('link', { name: /Innkeeper/u }).click();
    await page.getByRole('heading', { name: 'Innkeeper' }).waitFor();
    await openView('an avatar');
    await openPath(page, '/projects/00000000-0000-4000-8000-000000000000');
    await page.getByRole('alert').waitFor();
    await openView('a missing project');
    await openPath(page, '/projectors');
    await page.getByRole('heading', { name: 'Not found' }).waitFor();
    await openView('an unknown path');
    await breakUsageView(page);
    await page.getByRole('link', { name: 'Show my projects' }).click();
    await page.goto('/usage');
    await page.getByRole('heading', { name: 'This page stopped working' }).waitFor();
    await openView('a failed view');
    await restoreUsageView(page);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByRole('heading', { name: 'Usage' }).waitFor();

    expect(await end()).toEqual({ views: 20, violations: {} });
  });
});
