import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContentSigner } from '#api/content-credentials/content-signer.ts';
import { readSigningCredential } from '#api/content-credentials/signing-credential.ts';
import type { Provenance } from '#domain/avatar/provenance.ts';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { installPythonPackages } from '../support/python-packages.ts';
import { testCredential } from '../support/signing-certificate.ts';

const long = readLongRun('credentials');
const READER = new URL('read-manifest.py', import.meta.url).pathname;
const TYPES = ['trainedAlgorithmicMedia', 'compositeWithTrainedAlgorithmicMedia', 'algorithmicMedia'] as const;
const CURVES = ['P-256', 'P-384', 'Ed25519'] as const;
const TIMEOUT_MS = 5 * 60_000;

// Python with a binary of its own: too much to install for a merge. The slice is content-signer.test.ts.
describe.runIf(long)('the reference implementation of C2PA', () => {
  it('trusts what downloads state, and sees a changed byte', { timeout: TIMEOUT_MS }, async () => {
    const env = await installPythonPackages({
      name: 'c2pa-python',
      requirements: new URL('requirements.txt', import.meta.url),
    });
    const folder = await mkdtemp(join(tmpdir(), 'manifests-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    let checked = 0;
    for (const curve of CURVES) {
      await using credential = await testCredential({ curve });
      const signer = createContentSigner(readSigningCredential(credential.files, new Date()));
      onTestFinished(() => signer.close());
      const root = join(folder, `${curve}.pem`);
      await writeFile(root, credential.root);
      for (const code of TYPES) {
        const provenance: Provenance = {
          digitalSourceType: `http://cv.iptc.org/newscodes/digitalsourcetype/${code}`,
          creatorTool: 'Avatar Studio (FLUX.1 schnell)',
          createdAt: new Date(),
        };
        const sign = async (format: 'png' | 'jpeg') => {
          const image = sharp({ create: { width: 300, height: 200, channels: 3, background: '#357' } });
          return signer.sign(await image.toFormat(format).toBuffer(), format, provenance);
        };
        const [png, jpeg] = await Promise.all([sign('png'), sign('jpeg')]);
        const changed = Buffer.from(jpeg);
        changed[changed.length - 10]! ^= 1;
        const files = { 'signed.png': png, 'signed.jpg': jpeg, 'changed.jpg': changed };
        for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
        const paths = Object.keys(files).map((name) => join(folder, name));
        const { stdout } = await promisify(execFile)('python3', [READER, root, ...paths], {
          env: { ...process.env, ...env },
        });
        const read = stdout
          .trim()
          .split('\n')
          .map((each): unknown => JSON.parse(each));
        const expected = {
          state: 'Trusted',
          faults: [],
          issuer: 'Avatar Studio Tests',
          generator: [{ name: 'Avatar Studio' }],
          assertions: [
            expect.objectContaining({
              label: 'c2pa.actions.v2',
              data: {
                actions: [
                  {
                    action: 'c2pa.created',
                    digitalSourceType: provenance.digitalSourceType,
                    softwareAgent: { name: provenance.creatorTool },
                  },
                ],
              },
            }),
          ],
        };
        expect(read).toEqual([
          expected,
          expected,
          expect.objectContaining({ state: 'Invalid', faults: ['assertion.dataHash.mismatch'] }),
        ]);
        checked += paths.length;
      }
    }
    reportFigure(`${checked} files of ${CURVES.length} kinds of key read by c2pa-python`);
  });
});
