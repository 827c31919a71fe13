import { cleanup, screen, waitFor } from '@testing-library/react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { Toaster } from 'sonner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aGeneration, anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { AvatarPage } from './avatar-page.tsx';

const NEXT = anAvatar({ id: '66666666-6666-4666-8666-666666666666', name: 'The next' });
let avatar = anAvatar();
let uses: object[] = [];
let role = 'user';
let providers: string[] | undefined;
/** When they arrive. */
let responses: { readonly avatar?: Promise<void>; readonly bulk?: Promise<void> } = {};

beforeEach(() => {
  avatar = anAvatar();
  uses = [];
  role = 'user';
  providers = undefined;
  responses = {};
});
afterEach(cleanup);

const list = (data: unknown[]) => ({
  body: { data, meta: { nextCursor: null, hasMore: false, total: data.length, totalIsExact: true } },
});

async function answer({ method, path, body }: Sent) {
  if (method === 'PATCH') avatar = { ...avatar, ...(body as object) };
  if (path.endsWith('/similar?limit=8')) return { body: { data: [{ avatar: NEXT, match: 'near', distance: 2 }] } };
  if (path.includes('/usage')) return list(uses);
  if (path === '/me') return { body: { role, providers } };
  if (path.endsWith('/workflow')) return { body: { operatorUrl: 'http://temporal.test/workflows/1' } };
  if (path.startsWith('/generations/')) {
    const times = { processingAt: '2026-11-23T08:00:00.000Z', finishedAt: '2026-11-23T08:00:04.200Z' };
    return { body: aGeneration({ status: 'completed', ...times }) };
  }
  if (path === '/avatars/bulk') await responses.bulk;
  if (path === '/avatars/bulk') return { body: { action: 'trash', count: 1, changed: 1 } };
  if (path === '/presets') return { status: 201, body: { id: 'p', name: 'Noir detective' } };
  if (path === `/avatars/${avatar.id}`) await responses.avatar;
  if (path.startsWith('/avatars/')) return path.includes(NEXT.id) ? { body: NEXT } : { body: avatar };
  if (path.includes('favorite=true')) return list([avatar, NEXT].filter((each) => each === NEXT || each.favorite));
  if (path.includes('/avatars?')) return list([avatar, NEXT]);
  return { body: { id: PROJECT_ID, name: 'Tavern cast' } };
}

it('AvatarPage tells why an avatar was taken down', async () => {
  avatar = anAvatar({ review: 'taken_down', takedownReason: 'It shows a real person', imageUrl: null });
  await open();
  expect(screen.getByText('It shows a real person')).toBeTruthy();
  expect(screen.getByText('Taken down')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Download' })).toBeNull();
});

function ProjectAt() {
  return <p>The project{useLocation().search}</p>;
}

async function open(dialog = '') {
  const at = `/projects/${PROJECT_ID}/avatars/${avatar.id}${dialog}`;
  const view = renderInStudio(
    <>
      <Routes>
        <Route path="/" element={<Navigate replace to={at} />} />
        <Route path="/projects/:projectId" element={<ProjectAt />} />
        <Route path="/projects/:projectId/avatars/:avatarId" element={<AvatarPage />}>
          <Route path="*" element={null} />
        </Route>
      </Routes>
      <Toaster />
    </>,
    { answer },
  );
  await screen.findByRole('heading', { level: 1, name: avatar.name, hidden: true });
  const changes = () => view.sent.filter(({ method }) => method !== 'GET');
  return { ...view, changes };
}

describe('AvatarPage', () => {
  it('shows the details: model, seed, time, and price', async () => {
    await open();
    const made = await screen.findByRole('region', { name: 'Details' });
    await waitFor(() => expect(made.textContent).toContain('4.2\u00A0s'));
    expect(made.textContent).toContain('10\u00A0credits');
    expect(made.textContent).toContain('Illustrator');
    expect(made.textContent).toContain('A noir detective.');
  });

  it.each([
    ['trainedAlgorithmicMedia', 'AI-generated'],
    ['compositeWithTrainedAlgorithmicMedia', 'AI-generated from an image'],
    ['algorithmicMedia', 'Computer-generated, without an AI model'],
  ] as const)('labels an image of the type %s, with model and date', async (code, label) => {
    const digitalSourceType = `http://cv.iptc.org/newscodes/digitalsourcetype/${code}` as const;
    const provenance = { digitalSourceType, creatorTool: 'Avatar Studio', createdAt: '2024-11-18T12:00:00.000Z' };
    const { generation } = anAvatar();
    avatar = anAvatar({ provenance, generation: { ...generation, model: 'FLUX.1 [dev]' } });
    await open();
    expect(screen.getByText(`${label} · FLUX.1 [dev] · 18 Nov 2024`)).toBeTruthy();
  });

  it('offers only what a configured model can do with the image', async () => {
    const actions = () => screen.getAllByRole('link', { name: /^(Create variations|Restyle|Use as reference)$/ });
    providers = ['illustrator'];
    const own = await open();
    expect(actions()).toHaveLength(3);
    own.unmount();
    const { generation } = anAvatar();
    avatar = anAvatar({ generation: { ...generation, provider: 'replicate' } });
    await open();
    await waitFor(() => expect(actions().map(({ textContent }) => textContent?.trim())).toEqual(['Use as reference']));
  });

  it('does not label an upload', async () => {
    avatar = anAvatar({ provenance: null });
    await open();
    expect(screen.queryByText(/generated ·/)).toBeNull();
  });

  it('downloads the image, from the page and from the lightbox', async () => {
    const { user, sent, unmount } = await open();
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    const downloads = () =>
      sent.filter(({ path }) => path.startsWith(`/avatars/${avatar.id}/image?format=webp&size=original&shape=full`))
        .length;
    await user.click(screen.getByRole('button', { name: 'Download' }));
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
    expect(downloads()).toBe(1);
    expect((saved.mock.contexts[0] as HTMLAnchorElement).download).toBe(`${avatar.name}.webp`);
    unmount();
    const large = await open('/image');
    const buttons = await screen.findAllByRole('button', { name: 'Download' });
    await large.user.click(buttons.at(-1)!);
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(2));
  });

  it('copies the seed', async () => {
    const { user } = await open();
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByRole('button', { name: 'Copy seed' }));
    expect(write).toHaveBeenCalledWith('7');
  });

  it('edits the name in place: Escape discards the change, and Enter or leaving the field saves it', async () => {
    const { user, changes } = await open();
    await user.click(screen.getByRole('button', { name: 'Edit name' }));
    await user.keyboard('Somebody else{Escape}');
    expect(changes()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Edit name' }));
    await user.keyboard('Mira Vale');
    await user.click(document.body);
    expect(await screen.findByRole('heading', { name: 'Mira Vale' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Edit name' }));
    await user.keyboard('Mira{Enter}');
    expect(await screen.findByRole('heading', { name: 'Mira' })).toBeTruthy();
    expect(changes()).toMatchObject(['Mira Vale', 'Mira'].map((name) => ({ method: 'PATCH', body: { name } })));
  });

  it('saves a persona, shows an invalid value at its field, and clears emptied fields', async () => {
    avatar = anAvatar({ persona: { background: 'A cellar.' } });
    const { user, changes } = await open('/persona');
    await user.type(await screen.findByRole('textbox', { name: 'Age' }), '7');
    await user.type(screen.getByRole('textbox', { name: 'Personality' }), 'wry, loyal');
    await user.clear(screen.getByRole('textbox', { name: 'Background' }));
    await user.click(screen.getByRole('button', { name: 'Save persona' }));
    expect((await screen.findByRole('alert')).textContent).toBe('A whole number from 18 to 120.');
    expect(changes()).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Age' }), '2');
    await user.click(screen.getByRole('button', { name: 'Save persona' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(changes()).toMatchObject([
      { body: { persona: { name: null, age: 72, personality: ['wry', 'loyal'], background: null } } },
    ]);
  });

  it('edits the attributes and sends only the changed ones', async () => {
    avatar = anAvatar({ attributes: { gender: 'woman', hairColor: 'silver', ethnicity: 'Basque', style: 'noir' } });
    const { user, changes } = await open('/attributes');
    await user.click(await screen.findByRole('button', { name: /^Eyes/u }));
    await user.click(await screen.findByRole('radio', { name: 'green' }));
    await user.click(screen.getByRole('button', { name: /^Hair/u }));
    await user.click(await screen.findByRole('radio', { name: 'Any' }));
    await user.click(screen.getByRole('button', { name: 'Save attributes' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(changes()).toMatchObject([
      { method: 'PATCH', path: `/avatars/${avatar.id}`, body: { attributes: { eyeColor: 'green', hairColor: null } } },
    ]);
    expect(changes()[0]?.body).toEqual({ attributes: { eyeColor: 'green', hairColor: null } });
  });

  it('links to the workflow for admins only', async () => {
    const { sent } = await open();
    await screen.findByText(/4\.2/u);
    expect(sent.some(({ path }) => path.endsWith('/workflow'))).toBe(false);
    cleanup();
    role = 'admin';
    await open();
    const link = await screen.findByRole('link', { name: 'Open in Temporal' });
    expect(link.getAttribute('href')).toBe('http://temporal.test/workflows/1');
  });

  it('moves the avatar to the trash and restores it on Undo', async () => {
    const { user, changes } = await open();
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('The project')).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(changes()).toHaveLength(2));
    expect(changes().map(({ body }) => body)).toEqual([
      { action: 'trash', ids: [avatar.id] },
      { action: 'restore', ids: [avatar.id] },
    ]);
  });

  it('moves an avatar to the trash that only the list has shown so far', async () => {
    const [shown, trashed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    responses = { avatar: shown.promise, bulk: trashed.promise };
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByText(/^1 of/u)).toBeNull()); // it has left the list
    trashed.resolve();
    expect(await screen.findByText('The project')).toBeTruthy();
    shown.resolve();
  });

  it('offers only Restore for an avatar in the trash', async () => {
    avatar = anAvatar({ trashedAt: '2026-11-23T09:00:00.000Z' });
    await open();
    expect(screen.getByRole('button', { name: 'Restore' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: /variations$/u })).toBeNull();
    expect(screen.getByRole('link', { name: 'Trash' }).getAttribute('href')).toBe('/trash');
  });

  it('saves the avatar as a preset with an idempotency key', async () => {
    const { user, changes } = await open();
    await user.click(screen.getByRole('button', { name: 'Save as preset' }));
    expect(await screen.findByText('Saved “Noir detective” to your presets.')).toBeTruthy();
    expect(changes()).toMatchObject([{ path: '/presets', body: { avatarId: avatar.id, name: avatar.name } }]);
    expect(changes()[0]?.idempotencyKey).toBeTruthy();
  });

  it('goes to the next and previous avatar by button and by key', async () => {
    const { user } = await open();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Next avatar' })).toHaveProperty('disabled', false));
    await user.keyboard('j');
    expect(await screen.findByRole('heading', { level: 1, name: 'The next' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Previous avatar' }));
    expect(await screen.findByRole('heading', { level: 1, name: avatar.name })).toBeTruthy();
  });

  it('goes on in the order of the gallery it was opened from, and back to it', async () => {
    const { user, sent } = await open('?sort=name&style=noir');
    const next = () => screen.getByRole('button', { name: 'Next avatar' });
    await waitFor(() => expect(next()).toHaveProperty('disabled', false));
    expect(sent.some(({ path }) => path.includes('sort=name') && path.includes('style=noir'))).toBe(true);
    await user.click(next());
    await screen.findByRole('heading', { level: 1, name: 'The next' });
    await user.click(screen.getByRole('button', { name: 'Previous avatar' }));
    await screen.findByRole('heading', { level: 1, name: avatar.name });
    const hrefOf = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
    expect(hrefOf('Create variations')).toMatch(/\/new\?mode=variation&style=noir&sort=name$/u);
    await user.click(screen.getByRole('link', { name: 'Tavern cast' }));
    expect(await screen.findByText('The project?style=noir&sort=name')).toBeTruthy();
  });

  it('still has neighbors after its avatar has left the gallery it was opened from', async () => {
    const favorite = anAvatar({ favorite: true });
    avatar = favorite;
    const { user } = await open('?favorite=true');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Next avatar' })).toHaveProperty('disabled', false));
    await user.keyboard('f');
    await waitFor(() => expect(screen.queryByText(/^1 of/u)).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Next avatar' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'The next' })).toBeTruthy();
  });

  it('shows that no app has used the avatar, and similar avatars', async () => {
    await open();
    expect(await screen.findByText('No app has used it yet.')).toBeTruthy();
    expect(await screen.findByRole('link', { name: 'The next', hidden: true })).toBeTruthy();
  });
});

describe('the marks of AvatarPage', () => {
  it('are set with the mouse and with keys, and pressing the chosen star clears the rating', async () => {
    const { user, changes } = await open();
    await user.click(screen.getByRole('button', { name: /^Favorite/u }));
    await user.click(screen.getByRole('button', { name: /^Rate 3/u }));
    await waitFor(() => expect(screen.getByRole('button', { name: /^Rate 3/u, pressed: true })).toBeTruthy());
    await user.click(screen.getByRole('button', { name: /^Rate 3/u }));
    await user.keyboard('5f');
    await waitFor(() =>
      expect(changes().map(({ body }) => body)).toEqual([
        { favorite: true },
        { rating: 3 },
        { rating: null },
        { rating: 5 },
        { favorite: false },
      ]),
    );
  });
});
