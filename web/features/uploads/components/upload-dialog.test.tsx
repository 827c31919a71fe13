import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { createQueryClient } from '#web/query/query-client.ts';
import { keys } from '#web/query/keys.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { UploadDialog } from './upload-dialog.tsx';

// happy-dom can neither decode nor draw images; tests/web covers this in a real browser.
vi.mock('../crop-image.ts', () => ({ cropImage: async () => new Blob(['cropped'], { type: 'image/webp' }) }));
let side = 800;
beforeEach(() => {
  side = 800;
  vi.spyOn(HTMLImageElement.prototype, 'naturalWidth', 'get').mockImplementation(() => side);
  vi.spyOn(HTMLImageElement.prototype, 'naturalHeight', 'get').mockImplementation(() => side);
  HTMLImageElement.prototype.decode = async () => {};
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const image = (type = 'image/png', bytes = 10) => new File([new Uint8Array(bytes)], 'me.png', { type });
const uploaded: Answer = ({ method }) => ({
  body: method === 'POST' ? { ...anAvatar({ name: 'Me' }), duplicates: [] } : {},
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
  return { ...view, onClose, posts: () => view.sent.filter(({ method }) => method === 'POST') };
}

const pick = (file: File) => fireEvent.change(screen.getByLabelText('Image file'), { target: { files: [file] } });

describe('UploadDialog', () => {
  it('shows the price, and sends the cropped image with its name', async () => {
    const { user, posts, onClose } = open();
    pick(image());
    await user.type(await screen.findByRole('textbox', { name: /^Name/u }), ' Me ');
    await user.click(screen.getByRole('button', { name: /^Upload for 2\scredits$/u }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    await screen.findByText('Uploaded “Me”.');
    const [sent] = posts();
    const form = sent?.body as FormData | undefined;
    expect(sent?.path).toBe(`/projects/${PROJECT_ID}/avatars`);
    expect(form?.get('name')).toBe('Me');
    expect(form?.get('image')).toBeInstanceOf(Blob);
    expect(sent?.idempotencyKey).toBeTruthy();
  });

  it('accepts a pasted image', async () => {
    open();
    fireEvent.paste(document, { clipboardData: { files: [image()] } });
    expect(await screen.findByRole('button', { name: /^Upload for 2\scredits$/u })).toBeTruthy();
  });

  it('explains why a file is rejected', async () => {
    open();
    pick(image('application/pdf'));
    await screen.findByText('Only JPEG, PNG and WebP images can be uploaded.');
    side = 100;
    pick(image());
    expect(await screen.findByText('This image is 100 × 100 px. It needs at least 256 px on each side.')).toBeTruthy();
  });

  it('shows how many credits are missing, and sends nothing', async () => {
    const { user, posts } = open({ available: 1 });
    pick(image());
    await user.click(await screen.findByRole('button', { name: /^1\smore credit needed$/u }));
    expect(posts()).toEqual([]);
  });

  it('shows why an image was refused, and retries with a new idempotency key', async () => {
    const refused = {
      type: 'x',
      title: 'Refused',
      status: 422,
      code: 'image_rejected',
      detail: 'No face in it.',
      requestId: 'r',
    };
    let calls = 0;
    const { user, posts, onClose } = open({
      answer: (request) =>
        request.method === 'POST' && ++calls === 1 ? { status: 422, body: refused } : uploaded(request),
    });
    pick(image());
    const send = () => screen.findByRole('button', { name: /^Upload for 2\scredits$/u });
    await user.click(await send());
    await screen.findByText('No face in it.');
    await user.click(await send());
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(new Set(posts().map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });
});
