import { load } from 'exifreader';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { provenanceOf } from '#domain/avatar/provenance.ts';
import { addXmp, xmpOf } from './xmp.ts';

const PROVENANCE = provenanceOf({
  provider: 'replicate',
  model: 'some/model <1> & more',
  recipe: { reference: null, generatedAt: '2026-11-28T12:00:00.123Z' },
  createdAt: new Date(),
})!;
const PACKET = xmpOf(PROVENANCE);
const sample = (channels: 3 | 4, width = 301, height = 200) => {
  const background = channels === 4 ? '#11223380' : '#112233';
  return sharp({ create: { width, height, channels, background } });
};

describe('addXmp', () => {
  it.each([
    ['lossy', () => sample(3).webp()],
    ['lossy with transparency', () => sample(4).webp()],
    ['lossless', () => sample(3).webp({ lossless: true })],
    ['lossless with transparency', () => sample(4, 640, 33).webp({ lossless: true })],
  ])('adds the packet to a %s image, whose pixels do not change', async (_, draw) => {
    const plain = await draw().toBuffer();
    const marked = addXmp(plain, PACKET);
    expect(addXmp(marked, xmpOf({ ...PROVENANCE, creatorTool: 'another' })).equals(marked)).toBe(true);
    const { xmp } = load(marked, { expanded: true });
    expect(xmp?.['DigitalSourceType']?.value).toBe(
      'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    );
    expect(xmp?.['CreatorTool']?.value).toBe('Avatar Studio (some/model <1> & more)');
    expect(xmp?.['CreateDate']?.value).toBe('2026-11-28T12:00:00Z');
    const [before, after] = await Promise.all([plain, marked].map((bytes) => sharp(bytes).raw().toBuffer()));
    expect(after!.equals(before!)).toBe(true);
    const { width, height, hasAlpha } = await sharp(plain).metadata();
    expect(await sharp(marked).metadata()).toMatchObject({ width, height, hasAlpha });
  });

  it('writes what libvips writes', async () => {
    const marked = addXmp(await sample(3).webp().toBuffer(), PACKET);
    expect(marked.equals(await sample(3).withXmp(PACKET).webp().toBuffer())).toBe(true);
  });

  it.each([
    Buffer.from('no image'),
    Buffer.from('RIFF\0\0\0\0WEBP'),
    Buffer.from('RIFF\x10\0\0\0WEBPVP8 \x04\0\0\0abcd'),
  ])('leaves other bytes as they are', (bytes) => expect(addXmp(bytes, PACKET)).toBe(bytes));
});
