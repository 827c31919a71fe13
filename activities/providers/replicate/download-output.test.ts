import { describe, expect, it, vi } from 'vitest';
import { OutputGone } from '../http/download-file.ts';
import { downloadOutput } from './download-output.ts';

const BASE_URL = new URL('https://api.replicate.com/v1');
const NEVER_ABORTED = new AbortController().signal;

function depsWith(send: typeof fetch) {
  return { fetch: send, timeoutMs: 1_000, baseUrl: BASE_URL, token: 'r8_secret' };
}

function answering(status: number, body: string | null = 'image') {
  return vi.fn<typeof fetch>(() => Promise.resolve(new Response(body, { status })));
}

describe('an output address', () => {
  it.each([
    'https://replicate.delivery/xezq/abc/out-0.png',
    'https://pbxt.replicate.delivery/abc/out-0.webp',
    'https://api.replicate.com/v1/files/abc',
  ])('%s is fetched, without following redirects', async (address) => {
    const send = answering(200);
    expect((await downloadOutput(depsWith(send), address, NEVER_ABORTED)).toString()).toBe('image');
    expect(send.mock.calls[0]?.[1]).toMatchObject({ redirect: 'error' });
  });

  it.each([
    'http://replicate.delivery/abc/out-0.png',
    'https://replicate.delivery.example.com/out-0.png',
    'https://evil-replicate.delivery/out-0.png',
    'https://replicate.delivery@example.com/out-0.png',
    'http://169.254.169.254/latest/meta-data',
    'http://api.replicate.com/v1/files/abc',
    'file:///etc/passwd',
    'not an address',
  ])('%s is not fetched at all', async (address) => {
    const send = answering(200);
    await expect(downloadOutput(depsWith(send), address, NEVER_ABORTED)).rejects.toMatchObject({
      kind: 'corrupt_output',
    });
    expect(send).not.toHaveBeenCalled();
  });

  it('gets the token only on the host of the API', async () => {
    const send = answering(200);
    await downloadOutput(depsWith(send), 'https://api.replicate.com/v1/files/abc', NEVER_ABORTED);
    await downloadOutput(depsWith(send), 'https://replicate.delivery/abc/out-0.png', NEVER_ABORTED);
    expect(send.mock.calls.map(([, init]) => init?.headers)).toEqual([{ authorization: 'Bearer r8_secret' }, {}]);
  });
});

it.each([
  [404, null, OutputGone],
  [410, null, OutputGone],
])('an answer of %i means the file is gone', async (status, body, error) => {
  const work = downloadOutput(
    depsWith(answering(status, body)),
    'https://replicate.delivery/a/out-0.png',
    NEVER_ABORTED,
  );
  await expect(work).rejects.toBeInstanceOf(error);
});

it.each([500, 503, 403])('an answer of %i is worth asking again', async (status) => {
  const work = downloadOutput(depsWith(answering(status)), 'https://replicate.delivery/a/out-0.png', NEVER_ABORTED);
  await expect(work).rejects.toMatchObject({ kind: 'transient' });
});

it('an empty file is no image yet', async () => {
  const work = downloadOutput(depsWith(answering(200, '')), 'https://replicate.delivery/a/out-0.png', NEVER_ABORTED);
  await expect(work).rejects.toMatchObject({ kind: 'transient' });
});
