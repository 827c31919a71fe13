import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { keys } from '#web/query/keys.ts';
import { createQueryClient } from '#web/query/query-client.ts';
import { mockImages } from '#web/testing/mock-images.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { UploadDialog } from './upload-dialog.tsx';

beforeEach(() => mockImages(() => 800));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const PNG = '\x89PNG\r\n\x1a\n';
const file = (name: string, content = PNG) =>
  new File([Uint8Array.from(content, (character) => character.charCodeAt(0))], name, { type: 'image/png' });
const problem = (code: string, status: number, detail: string) => ({
  status,
  body: { type: 'x', title: 'Refused', status, code, detail, requestId: 'r' },
});
const inspected = { format: 'png', width: 800, height: 800, orientation: 1, isAnimated: false, crop: null };
const stored: Answer = ({ method, path }) => {
  if (path === '/uploads/inspections') {
    return { body: { ...inspected, result: { width: 800, height: 800 }, preview: 'data:image/webp;base64,' } };
  }
  return { body: method === 'POST' ? { ...anAvatar(), duplicates: [] } : {} };
};

function open({ answer = stored, available = 100 }: { answer?: Answer; available?: number } = {}) {
  const queries = createQueryClient();
  queries.setQueryData(keys.credits, { available, held: 0, posted: available });
  queries.setQueryData(keys.prices, { generate: 10, preset: 8, upload: 2 });
  const onClose = vi.fn<() => void>();
  const view = renderInStudio(
    <>
      <UploadDialog projectId={PROJECT_ID} projectName="Tavern cast" onClose={onClose} />
      <Toaster />
    </>,
    { answer, queries },
  );
  const sentTo = (end: string) => view.sent.filter(({ path }) => path.endsWith(end));
  return { ...view, onClose, uploads: () => sentTo('/avatars'), inspections: () => sentTo('/inspections') };
}

const drop = (...files: File[]) => fireEvent.drop(document, { dataTransfer: { files, types: ['Files'] } });
const row = async (name: string) => within((await screen.findByTitle(name)).closest('li')!);
const nameOf = ({ body }: { readonly body: unknown }) => (body as FormData).get('name');

describe('BulkUploadDialog', () => {
  it('checks dropped files one after another, and sends each as its middle square, named after its file', async () => {
    let most = 0;
    let running = 0;
    const { user, uploads, onClose } = open({
      answer: async (request) => {
        if (request.method === 'POST') most = Math.max(most, (running += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (request.method === 'POST') running -= 1;
        return stored(request);
      },
    });
    drop(file('Ysolde.png'), file('Brom the smith.jpeg'), file('.png'));
    await user.click(await screen.findByRole('button', { name: /^Upload 3\simages for 6\scredits$/u }));
    await screen.findByText(/^3\simages · 3 uploaded$/u);
    expect(uploads().map(nameOf)).toEqual(['Ysolde', 'Brom the smith', null]);
    expect(JSON.parse(String((uploads()[0]!.body as FormData).get('crop')))).toEqual({
      x: 0,
      y: 0,
      width: 800,
      height: 800,
    });
    expect(new Set(uploads().map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
    expect(most).toBe(1);
    await user.click(screen.getByRole('button', { name: 'Done' }));
    expect(onClose).toHaveBeenCalledOnce();
    await screen.findByText(/^Uploaded 3 of 3\simages\.$/u);
  });

  it('says for each file why it is refused, here or by the API, and uploads the others', async () => {
    const { user, uploads } = open({
      answer: (request) =>
        request.path.endsWith('/avatars') && nameOf(request) === 'damaged'
          ? problem('image_rejected', 422, 'This image is damaged.')
          : stored(request),
    });
    drop(file('good.png'), file('notes.txt', 'no image'), file('damaged.png'), file('last.png'));
    expect(await (await row('notes.txt')).findByText(/^This file is not a JPEG/u)).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: /^Upload 3\simages/u }));
    expect(await (await row('damaged.png')).findByText('This image is damaged.')).toBeTruthy();
    await screen.findByText(/^4\simages · 2 uploaded · 2 refused, not charged$/u);
    expect(uploads().map(nameOf)).toEqual(['good', 'damaged', 'last']);
  });

  it('stops at a limit, and goes on with the images that were not sent', async () => {
    let full = true;
    const { user, uploads } = open({
      answer: (request) =>
        request.path.endsWith('/avatars') && full && nameOf(request) === 'second'
          ? problem('too_many_pending', 429, 'Wait for your other avatars.')
          : stored(request),
    });
    drop(file('first.png'), file('second.png'), file('third.png'));
    await user.click(await screen.findByRole('button', { name: /^Upload 3\simages/u }));
    expect(await (await row('second.png')).findByText('Wait for your other avatars.')).toBeTruthy();
    expect(uploads().map(nameOf)).toEqual(['first', 'second']);
    full = false;
    await user.click(await screen.findByRole('button', { name: /^Upload 2\simages for 4\scredits$/u }));
    await screen.findByText(/^3\simages · 3 uploaded$/u);
    expect(uploads().map(nameOf)).toEqual(['first', 'second', 'second', 'third']);
  });

  it('sends one whose outcome is unknown again under the same key', async () => {
    let lost = true;
    const { user, uploads } = open({
      answer: (request) => {
        if (!request.path.endsWith('/avatars') || !lost) return stored(request);
        lost = false;
        throw new TypeError('No response');
      },
    });
    drop(file('a.png'), file('b.png'));
    await user.click(await screen.findByRole('button', { name: /^Upload 2\simages/u }));
    await (await row('a.png')).findByText(/^The studio could not be reached/u);
    await user.click(await screen.findByRole('button', { name: /^Upload 2\simages/u }));
    await screen.findByText(/^2\simages · 2 uploaded$/u);
    const [first, again, other] = uploads().map(({ idempotencyKey }) => idempotencyKey);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('sends nothing while credits are missing, until enough images are removed', async () => {
    const { user, uploads } = open({ available: 2 });
    drop(file('a.png'), file('b.png'));
    await user.click(await screen.findByRole('button', { name: /^2\smore credits needed$/u }));
    expect(uploads()).toEqual([]);
    expect(screen.getByRole('link', { name: '2 available' }).getAttribute('href')).toBe('/credits');
    await user.click(screen.getByRole('button', { name: 'Remove b.png' }));
    await user.click(await screen.findByRole('button', { name: /^Upload 1\simage for 2\scredits$/u }));
    await waitFor(() => expect(uploads().map(nameOf)).toEqual(['a']));
  });

  it('can check again what could not be checked', async () => {
    let reachable = false;
    const { user } = open({
      answer: (request) => {
        if (!reachable) throw new TypeError('No response');
        return stored(request);
      },
    });
    drop(file('a.png'), file('b.png'));
    await screen.findByText(/2 not checked$/u);
    reachable = true;
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    expect(await screen.findByRole('button', { name: /^Upload 2\simages/u })).toBeTruthy();
  });

  it('lists at most 50 images, and says how many did not fit', async () => {
    open({ answer: () => new Promise(() => {}) });
    drop(...Array.from({ length: 52 }, (_, index) => file(`${index}.png`)));
    await screen.findByText(/2\simages did not fit/u);
    expect(screen.getByRole('list', { name: 'Images' }).children).toHaveLength(50);
  });
});
