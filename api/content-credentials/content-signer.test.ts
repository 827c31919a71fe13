import sharp from 'sharp';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Provenance } from '#domain/avatar/provenance.ts';
import { readManifest } from '#tests/support/read-manifest.ts';
import { type CertificateOptions, testCredential } from '#tests/support/signing-certificate.ts';
import { addPngXmp } from '#activities/image/png-xmp.ts';
import { xmpOf } from '#activities/image/xmp.ts';
import { type ContentSignerOptions, createContentSigner } from './content-signer.ts';
import { readSigningCredential } from './signing-credential.ts';

const PROVENANCE: Provenance = {
  digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  creatorTool: 'Avatar Studio (FLUX schnell)',
  createdAt: new Date('2026-11-29T12:00:00Z'),
};
const image = sharp({ create: { width: 64, height: 64, channels: 3, background: '#357' } });
const [plainPng, jpeg, webp] = await Promise.all([
  image.clone().png().toBuffer(),
  image.clone().jpeg().toBuffer(),
  image.clone().webp().toBuffer(),
]);
const png = addPngXmp(plainPng, xmpOf(PROVENANCE));

async function signerOf({ now, onExpired, ...certificate }: CertificateOptions & ContentSignerOptions = {}) {
  await using credential = await testCredential(certificate);
  const options = { ...(now && { now }), ...(onExpired && { onExpired }) };
  const signer = createContentSigner(readSigningCredential(credential.files, new Date()), options);
  return { ...signer, [Symbol.asyncDispose]: () => signer.close() };
}

const shared = await signerOf();
afterAll(() => shared.close());

describe('a signed download', () => {
  it.each(['P-256', 'P-384', 'Ed25519'] as const)('states how it was made, signed with %s', async (curve) => {
    await using signer = await signerOf({ curve });
    for (const [format, file] of [
      ['png', png],
      ['jpeg', jpeg],
    ] as const) {
      const signed = await signer.sign(file, format, PROVENANCE);
      const { digitalSourceType, creatorTool: tool } = PROVENANCE;
      expect(await readManifest(signed)).toEqual({
        isValid: true,
        faults: [],
        generator: 'Avatar Studio',
        generatorVersion: undefined,
        actions: [{ action: 'c2pa.created', digitalSourceType, tool }],
      });
      const pixels = await Promise.all([file, signed].map((each) => sharp(each).raw().toBuffer()));
      expect(pixels[1]!.equals(pixels[0]!)).toBe(true);
      expect((await sharp(signed).metadata()).xmp?.toString()).toEqual((await sharp(file).metadata()).xmp?.toString());
    }
  });

  it('shows every change of its bytes', async () => {
    const signed = await shared.sign(jpeg, 'jpeg', PROVENANCE);
    signed[signed.length - 10]! ^= 1;
    expect(await readManifest(signed)).toMatchObject({ isValid: false, faults: ['assertion.dataHash.mismatch'] });
  });

  it('is tried out at the start: a certificate that readers refuse is named', async () => {
    await expect(shared.check()).resolves.toBeUndefined();
    await using refused = await signerOf({ isIssuerNamed: false });
    await expect(refused.check()).rejects.toThrow(
      'C2PA_CERTIFICATE_FILE: readers of C2PA refuse what it signs (signingCredential.invalid)',
    );
  });

  it('is left as it is without a certificate, as WebP, and as an upload', async () => {
    expect(await shared.sign(webp, 'webp', PROVENANCE)).toBe(webp);
    expect(await shared.sign(png, 'png', null)).toBe(png);
    expect([shared.variant('webp'), shared.variant('avif')]).toEqual([undefined, undefined]);
    const none = createContentSigner(undefined);
    expect(await none.sign(png, 'png', PROVENANCE)).toBe(png);
    expect(none.variant('png')).toBeUndefined();
  });

  it('is left unsigned once the certificate has expired, which is said once', async () => {
    const onExpired = vi.fn<() => void>();
    let now = new Date();
    await using signer = await signerOf({ now: () => now, onExpired });
    expect(signer.variant('png')).toMatch(/^[0-9a-f]{12}$/);
    now = signer.expiresAt!;
    expect(signer.variant('png')).toBeUndefined();
    expect(await signer.sign(png, 'png', PROVENANCE)).toBe(png);
    expect(onExpired).toHaveBeenCalledTimes(1);
  });

  it('fails for bytes that are no such file, and the next one is signed', async () => {
    await expect(shared.sign(webp, 'png', PROVENANCE)).rejects.toThrow(/PNG/);
    expect(await readManifest(await shared.sign(png, 'png', PROVENANCE))).toMatchObject({ isValid: true });
  });

  it('is signed on a thread: the event loop goes on', async () => {
    await using signer = await signerOf();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await signer.sign(png, 'png', PROVENANCE);
    clearInterval(timer);
    // The thread takes hundreds of milliseconds to load its libraries.
    expect(turns).toBeGreaterThan(5);
  });
});
