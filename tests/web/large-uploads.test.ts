import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProject } from './generate-avatar.ts';
import { largeImage } from './large-image.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

const STORY_LIMIT_MS = 360_000;
let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('an image that is too large to send', () => {
  /** Opens the upload dialog in a browser and chooses the image. @param spoil runs in the page first */
  async function choose(spoil: () => void) {
    const { page: uploading } = await web.visit({ viewport: { width: 1440, height: 900 } });
    const sent: string[] = [];
    uploading.on('request', (request) => void (request.method() === 'POST' && sent.push(request.url())));
    await uploading.addInitScript(spoil);
    await openProject(uploading, 'alice', 'Attic');
    await uploading.getByRole('link', { name: 'Upload an image' }).click();
    await uploading.getByLabel('Image file').setInputFiles(await largeImage());
    return { uploading, uploads: () => sent.filter((url) => url.includes('/uploads')).length };
  }

  it(
    'is made smaller by the page, also where its canvas writes no other type than PNG',
    async () => {
      const { uploading, uploads } = await choose(() => {
        const toBlob = HTMLCanvasElement.prototype.toBlob;
        HTMLCanvasElement.prototype.toBlob = function ignoreType(callback) {
          toBlob.call(this, callback);
        };
      });
      await uploading.getByText(/^PNG, .* px, made smaller from 1900 × 1900 px$/u).waitFor();
      expect(uploads()).toBe(1);
      await uploading.context().close();
    },
    STORY_LIMIT_MS,
  );

  it('is not sent where the browser gives noise for what the page draws', async () => {
    const { uploading, uploads } = await choose(() => {
      const toBlob = HTMLCanvasElement.prototype.toBlob;
      HTMLCanvasElement.prototype.toBlob = function spoil(callback, ...more) {
        const context = this.getContext('2d')!;
        const image = context.getImageData(0, 0, this.width, this.height);
        for (let at = 0; at < image.data.length; at += 65_536)
          crypto.getRandomValues(image.data.subarray(at, at + 65_536));
        const noise = new OffscreenCanvas(this.width, this.height);
        noise.getContext('2d')!.putImageData(image, 0, 0);
        const other = document.createElement('canvas');
        other.width = this.width;
        other.height = this.height;
        other.getContext('2d')!.drawImage(noise, 0, 0);
        toBlob.call(other, callback, ...more);
      };
    });
    await uploading
      .getByRole('alert')
      .getByText(/keeps the page from making it smaller/u)
      .waitFor();
    expect(uploads()).toBe(0);
    await uploading.context().close();
  });
});
