import { describe, expect, it } from 'vitest';
import { ProviderFailure } from '../port.ts';
import { collectImage } from './collect-image.ts';
import { OutputGone } from './download-file.ts';

const job = (download: () => Promise<Buffer>, mayAppear = false) =>
  collectImage({
    provider: 'fal',
    model: 'fal-ai/flux/schnell',
    output: 'https://fal.media/a.png',
    download,
    mayAppear: () => mayAppear,
  });
const gone = () => Promise.reject(new OutputGone('Output file: 404'));

describe('collectImage', () => {
  it('returns the image with its list price', async () => {
    const bytes = Buffer.from('image');
    const image = { bytes, costUsd: 0.003, credit: null };
    expect(await job(() => Promise.resolve(bytes))).toEqual({ state: 'succeeded', image });
  });

  it('fails the job without an output, with a deleted one and with a damaged one', async () => {
    const moderated = new ProviderFailure('moderated', 'The content filter blocked the image');
    const noOutput = { provider: 'fal', model: 'x', output: moderated, download: gone, mayAppear: () => true } as const;
    expect(await collectImage(noOutput)).toEqual({ state: 'failed', failure: moderated });
    expect(await job(gone)).toMatchObject({ state: 'failed', failure: { kind: 'corrupt_output' } });
    const damaged = new ProviderFailure('corrupt_output', 'too large');
    expect(await job(() => Promise.reject(damaged))).toEqual({ state: 'failed', failure: damaged });
  });

  it('throws where another poll may succeed', async () => {
    await expect(job(gone, true)).rejects.toMatchObject({ kind: 'transient' });
    const unreachable = new ProviderFailure('transient', 'The output file could not be downloaded');
    await expect(job(() => Promise.reject(unreachable))).rejects.toBe(unreachable);
  });
});
