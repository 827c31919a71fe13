import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CertificateOptions, testCredential } from '#tests/support/signing-certificate.ts';
import { readSigningCredential } from './signing-credential.ts';

const NOW = new Date();
const DAY_MS = 86_400_000;

describe('C2PA_CERTIFICATE_FILE and C2PA_PRIVATE_KEY_FILE', () => {
  it.each([
    ['P-256', 'ES256'],
    ['P-384', 'ES384'],
    ['Ed25519', 'Ed25519'],
  ] as const)('accepts a key of %s, which signs with %s', async (curve, algorithm) => {
    await using credential = await testCredential({ curve });
    const read = readSigningCredential(credential.files, NOW);
    expect(read).toMatchObject({ algorithm, fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(read.certificates).toHaveLength(2);
    expect(read.expiresAt.getTime()).toBeGreaterThan(NOW.getTime());
  });

  it.each<[string, CertificateOptions, RegExp]>([
    ['has expired', { expiresAt: new Date(NOW.getTime() - 60_000) }, /^C2PA_CERTIFICATE_FILE: .* valid from/],
    ['is not valid yet', { validFrom: new Date(NOW.getTime() + DAY_MS / 2) }, /^C2PA_CERTIFICATE_FILE: .* valid from/],
    ['is for servers', { purposes: ['1.3.6.1.5.5.7.3.1'] }, /^C2PA_CERTIFICATE_FILE: .* not one for signing content/],
    ['has a key of another kind', { curve: 'P-521' }, /^C2PA_PRIVATE_KEY_FILE: .* Ed25519, P-256 or P-384/],
  ])('refuses a certificate that %s', async (_, options, message) => {
    await using credential = await testCredential(options);
    expect(() => readSigningCredential(credential.files, NOW)).toThrow(message);
  });

  it('refuses a file without a certificate, a file without a key, and the key of another certificate', async () => {
    await using first = await testCredential();
    await using second = await testCredential();
    const folder = await mkdtemp(join(tmpdir(), 'credential-'));
    const empty = join(folder, 'empty.pem');
    await writeFile(empty, 'nothing');
    const read = (files: Partial<typeof first.files>) => () => readSigningCredential({ ...first.files, ...files }, NOW);
    expect(read({ certificateFile: empty })).toThrow(/^C2PA_CERTIFICATE_FILE: .* contains no certificate/);
    expect(read({ privateKeyFile: empty })).toThrow(/^C2PA_PRIVATE_KEY_FILE: .* contains no private key/);
    expect(read({ privateKeyFile: second.files.privateKeyFile })).toThrow(/the key is not that of/);
    await rm(folder, { recursive: true });
  });
});
