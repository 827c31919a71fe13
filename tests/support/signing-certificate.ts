import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { CredentialFiles } from '#api/content-credentials/signing-credential.ts';

const DAY_MS = 86_400_000;
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const CURVES = {
  'P-256': { algorithm: { name: 'ECDSA', namedCurve: 'P-256' }, signature: { name: 'ECDSA', hash: 'SHA-256' } },
  'P-384': { algorithm: { name: 'ECDSA', namedCurve: 'P-384' }, signature: { name: 'ECDSA', hash: 'SHA-384' } },
  'P-521': { algorithm: { name: 'ECDSA', namedCurve: 'P-521' }, signature: { name: 'ECDSA', hash: 'SHA-512' } },
  Ed25519: { algorithm: { name: 'Ed25519' }, signature: { name: 'Ed25519' } },
} as const;

export interface CertificateOptions {
  readonly curve?: keyof typeof CURVES;
  /** Extended key usages; e-mail protection by default. */
  readonly purposes?: readonly string[];
  readonly validFrom?: Date;
  readonly expiresAt?: Date;
  /** False leaves out the identifier of the issuer's key, which C2PA requires. */
  readonly isIssuerNamed?: boolean;
}

export interface TestCredential extends AsyncDisposable {
  readonly files: CredentialFiles;
  /** PEM, of the authority that issued the certificate. */
  readonly root: string;
}

/** Writes a new key, and the certificate chain of a signer, into a temporary folder. */
export async function testCredential({
  curve = 'P-256',
  purposes = [EMAIL_PROTECTION],
  validFrom = new Date(Date.now() - DAY_MS),
  expiresAt = new Date(Date.now() + DAY_MS),
  isIssuerNamed = true,
}: CertificateOptions = {}): Promise<TestCredential> {
  const { algorithm, signature } = CURVES[curve];
  const newKeys = async () => (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const [authority, signer] = await Promise.all([newKeys(), newKeys()]);
  const common = { notBefore: validFrom, notAfter: expiresAt, signingAlgorithm: signature };
  const issuer = 'CN=Test Root, O=Avatar Studio Tests';
  const root = await X509CertificateGenerator.createSelfSigned({
    ...common,
    name: issuer,
    keys: authority,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  const leaf = await X509CertificateGenerator.create({
    ...common,
    subject: 'CN=Test Signer, O=Avatar Studio Tests',
    issuer,
    publicKey: signer.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([...purposes], true),
      ...(isIssuerNamed ? [await AuthorityKeyIdentifierExtension.create(authority.publicKey)] : []),
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'credential-'));
  const files = { certificateFile: join(folder, 'chain.pem'), privateKeyFile: join(folder, 'signer.key') };
  const key = await crypto.subtle.exportKey('pkcs8', signer.privateKey);
  await writeFile(files.certificateFile, `${leaf.toString('pem')}\n${root.toString('pem')}\n`);
  await writeFile(files.privateKeyFile, PemConverter.encode(key, PemConverter.PrivateKeyTag));
  return {
    files,
    root: root.toString('pem'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
