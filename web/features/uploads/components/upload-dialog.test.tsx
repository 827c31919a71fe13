import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { createQueryClient } from '#web/query/query-client.ts';
import { keys } from '#web/query/keys.ts';
import { mockImages } from '#web/testing/mock-images.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { UploadDialog } from './upload-dialog.tsx';

// happy-dom can neither decode nor draw images; tests/web covers this in a real browser.
let side = 800;
beforeEach(() => {
  side = 800;
  mockImages(() => side);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const PNG = '\x89PNG\r\n\x1a\n';
const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
/** Its name and type claim a PNG, whatever it is. */
const image = (content = PNG) => new File([bytesOf(content)], 'me.png', { type: 'image/png' });
const inspected = () => ({
  format: 'png',
  width: side,
  height: side,
  orientation: 6,
  isAnimated: false,
  crop: null,
  result: { width: side, height: side },
  preview: 'data:image/webp;base64,',
});
const uploaded: Answer = ({ method, path }) => {
  if (path === '/uploads/inspections') return { body: inspected() };
  return { body: method === 'POST' ? { ...anAvatar({ name: 'Me' }), duplicates: [] } : {} };
};
const refusal = (code: string, status: number, detail: string) => ({
  status,
  body: { type: 'x', title: 'Refused', status, code, detail, requestId: 'r' },
});

function open({ answer = uploaded, available = 100 }: { answer?: Answer; available?: number } = {}) {
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
  return { ...view, onClose, posts: () => view.sent.filter(({ path }) => path.endsWith('/avatars')) };
}

const pick = (file: File) => fireEvent.change(screen.getByLabelText('Image file'), { target: { files: [file] } });
const understood = () => screen.findByText('PNG, 800 × 800 px, turned upright');

describe('UploadDialog', () => {
  it('shows the price and what was understood, and sends the image itself with its crop and name', async () => {
    const { user, posts, onClose } = open();
    const file = image();
    pick(file);
    await understood();
    expect(screen.getByText('Becomes 800 × 800 px')).toBeTruthy();
    await user.type(await screen.findByRole('textbox', { name: /^Name/u }), ' Me ');
    await user.click(screen.getByRole('button', { name: /^Upload for 2\scredits$/u }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    await screen.findByText('Uploaded “Me”.');
    const [sent] = posts();
    const form = sent?.body as FormData | undefined;
    expect(sent?.path).toBe(`/projects/${PROJECT_ID}/avatars`);
    expect(form?.get('name')).toBe('Me');
    expect((form?.get('image') as File | undefined)?.size).toBe(file.size);
    expect(JSON.parse(String(form?.get('crop')))).toEqual({ x: 0, y: 0, width: 800, height: 800 });
    expect(sent?.idempotencyKey).toBeTruthy();
  });

  it('accepts a pasted image, but leaves pasted text to its field', async () => {
    const { sent } = open();
    const paste = (target: Element | Document, text: string) =>
      fireEvent.paste(target, { clipboardData: { files: [image()], getData: () => text } });
    paste(document, 'copied from a page');
    await understood();
    const inspections = () => sent.filter(({ path }) => path === '/uploads/inspections').length;
    paste(screen.getByRole('textbox'), 'Ysolde');
    expect(inspections()).toBe(1);
    paste(screen.getByRole('textbox'), '');
    await waitFor(() => expect(inspections()).toBe(2));
  });

  it('explains why a file is rejected, by what it really is, and keeps the choice made before', async () => {
    open();
    pick(image());
    await understood();
    for (const [content, message] of [
      ['GIF89a', /^This is a GIF/u],
      ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', /^This is a HEIC photo/u],
      ['no image', 'This file is not a JPEG, PNG, WebP or AVIF image.'],
    ] as const) {
      pick(image(content));
      await screen.findByText(message);
    }
    side = 100;
    pick(image());
    expect(await screen.findByText('This image is 100 × 100 px. It needs at least 256 px on each side.')).toBeTruthy();
    await understood();
  });

  it('shows what the API refuses, and keeps the choice made before', async () => {
    let answer = uploaded;
    open({ answer: (request) => answer(request) });
    pick(image());
    await understood();
    side = 900;
    answer = () => refusal('image_rejected', 422, 'This image is damaged.');
    pick(image());
    await screen.findByText('This image is damaged.');
    expect(await understood()).toBeTruthy();
  });

  it('can check an image again that could not be checked', async () => {
    let answer: Answer = () => refusal('internal', 500, 'Something went wrong.');
    const { user } = open({ answer: (request) => answer(request) });
    pick(image());
    await screen.findByText('Something went wrong.');
    answer = uploaded;
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    expect(await understood()).toBeTruthy();
  });

  it('changes nothing while it is sent', async () => {
    const sending = Promise.withResolvers<Awaited<ReturnType<Answer>>>();
    const { user, sent } = open({
      answer: (request) => (request.path.endsWith('/avatars') ? sending.promise : uploaded(request)),
    });
    pick(image());
    await understood();
    await user.click(screen.getByRole('button', { name: /^Upload for 2\scredits$/u }));
    await screen.findByRole('progressbar');
    const before = sent.length;
    fireEvent.paste(document, { clipboardData: { files: [image()], getData: () => '' } });
    pick(image());
    expect(screen.getByRole('textbox')).toHaveProperty('disabled', true);
    expect(screen.queryByRole('button', { name: 'Choose another' })).toBeNull();
    expect(sent.length).toBe(before);
    sending.resolve(refusal('image_rejected', 422, 'No face in it.'));
    await screen.findByText('No face in it.');
  });

  it('shows how many credits are missing, and sends nothing', async () => {
    const { user, posts } = open({ available: 1 });
    pick(image());
    await user.click(await screen.findByRole('button', { name: /^1\smore credit needed$/u }));
    expect(posts()).toEqual([]);
  });

  it('shows why an image was refused, and retries with a new idempotency key', async () => {
    let calls = 0;
    const { user, posts, onClose } = open({
      answer: (request) =>
        request.path.endsWith('/avatars') && ++calls === 1
          ? refusal('image_rejected', 422, 'No face in it.')
          : uploaded(request),
    });
    pick(image());
    await understood();
    const send = () => screen.findByRole('button', { name: /^Upload for 2\scredits$/u });
    await user.click(await send());
    await screen.findByText('No face in it.');
    await user.click(await send());
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(new Set(posts().map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });
});
