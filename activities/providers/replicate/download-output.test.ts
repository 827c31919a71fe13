import { describe, expect, it, vi } from 'vitest';
import { NEVER_ABORTED } from '#tests/fakes/conformance/provider-call.ts';
import { OutputGone } from '../http/download-file.ts';
import { downloadOutput } from './download-output.ts';

const BASE_URL = new URL('https://api.replicate.com/v1');

function depsWith(send: typeof fetch) {
  return { fetch: send, timeoutMs: 1_000, baseUrl: BASE_URL, token: 'r8_secret' };
}

function replyingWith(status: number, body: string | null = 'image') {
  return vi.fn<typeof fetch>(() => Promise.resolve(new Response(body, { status })));
}

describe('downloadOutput', () => {
  it.each([
    'https://replicate.delivery/xezq/abc/out-0.png',
    'https://pbxt.replicate.delivery/abc/out-0.webp',
    'https://api.replicate.com/v1/files/abc',
  ])('downloads %s without following redirects', async (url) => {
    const send = replyingWith(200);
    expect((await downloadOutput(depsWith(send), url, NEVER_ABORTED)).toString()).toBe('image');
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
    'not a URL',
  ])('does not download %s', async (url) => {
    const send = replyingWith(200);
    await expect(downloadOutput(depsWith(send), url, NEVER_ABORTED)).rejects.toMatchObject({
      kind: 'corrupt_output',
    });
    expect(send).not.toHaveBeenCalled();
  });

  it('sends the token only to the host of the API', async () => {
    const send = replyingWith(200);
    await downloadOutput(depsWith(send), 'https://api.replicate.com/v1/files/abc', NEVER_ABORTED);
    await downloadOutput(depsWith(send), 'https://replicate.delivery/abc/out-0.png', NEVER_ABORTED);
    expect(send.mock.calls.map(([, init]) => init?.headers)).toEqual([{ authorization: 'Bearer r8_secret' }, {}]);
  });
});

it.each([
  [404, null, OutputGone],
  [410, null, OutputGone],
])('downloadOutput reports a file that is gone on status %i', async (status, body, error) => {
  const download = downloadOutput(
    depsWith(replyingWith(status, body)),
    'https://replicate.delivery/a/out-0.png',
    NEVER_ABORTED,
  );
  await expect(download).rejects.toBeInstanceOf(error);
});

it.each([500, 503, 403])('downloadOutput may be retried after status %i', async (status) => {
  const download = downloadOutput(
    depsWith(replyingWith(status)),
    'https://replicate.delivery/a/out-0.png',
    NEVER_ABORTED,
  );
  await expect(download).rejects.toMatchObject({ kind: 'transient' });
});

it('downloadOutput may be retried after an empty file', async () => {
  const download = downloadOutput(
    depsWith(replyingWith(200, '')),
    'https://replicate.delivery/a/out-0.png',
    NEVER_ABORTED,
  );
  await expect(download).rejects.toMatchObject({ kind: 'transient' });
});
