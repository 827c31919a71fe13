import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readPrivateKey } from '#process/read-private-key.ts';

/** What signs the C2PA manifests of downloads. Plain text, so that it can be handed to a thread. */
export interface SigningCredential {
  /** PEM; the signer's certificate first, then those that issued it. */
  readonly certificates: readonly string[];
  /** PEM, PKCS #8. */
  readonly privateKey: string;
  readonly algorithm: SigningAlgorithm;
  /** The first characters of the certificate's SHA-256: tells files of one certificate from those of the next. */
  readonly fingerprint: string;
  readonly expiresAt: Date;
}

/** By the names that COSE gives them; each fits one kind of key. */
export type SigningAlgorithm = 'ES256' | 'ES384' | 'Ed25519';

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const FINGERPRINT_LENGTH = 12;
/** E-mail protection, which every reader of C2PA accepts, and document signing, which some do. */
const PURPOSES = new Set(['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36']);

export interface CredentialFiles {
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

/**
 * Reads the certificate chain and the private key of `C2PA_CERTIFICATE_FILE` and `C2PA_PRIVATE_KEY_FILE`.
 * @throws Error with one sentence that names the variable and its fault
 */
export function readSigningCredential(
  { certificateFile, privateKeyFile }: CredentialFiles,
  now: Date,
): SigningCredential {
  const certificates = readFileSync(certificateFile, 'utf8').match(PEM_BLOCK) ?? [];
  const [pem] = certificates;
  if (pem === undefined) throw new Error(`C2PA_CERTIFICATE_FILE: ${certificateFile} contains no certificate in PEM`);
  const certificate = new X509Certificate(pem);
  const key = createPrivateKey(readPrivateKey('C2PA_PRIVATE_KEY_FILE', privateKeyFile));
  if (!certificate.checkPrivateKey(key)) {
    throw new Error('C2PA_PRIVATE_KEY_FILE: the key is not that of the first certificate in C2PA_CERTIFICATE_FILE');
  }
  const expiresAt = new Date(certificate.validTo);
  if (now < new Date(certificate.validFrom) || now >= expiresAt) {
    const validity = `${certificate.validFrom} to ${certificate.validTo}`;
    throw new Error(`C2PA_CERTIFICATE_FILE: the certificate is valid from ${validity} only`);
  }
  if (certificate.ca || !certificate.keyUsage?.some((purpose) => PURPOSES.has(purpose))) {
    throw new Error('C2PA_CERTIFICATE_FILE: the certificate is not one for signing content (extended key usage)');
  }
  return {
    certificates,
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    algorithm: algorithmOf(key),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').slice(0, FINGERPRINT_LENGTH).toLowerCase(),
    expiresAt,
  };
}

function algorithmOf(key: ReturnType<typeof createPrivateKey>): SigningAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPublicKey(key);
  if (type === 'ed25519') return 'Ed25519';
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return 'ES256';
  if (type === 'ec' && details?.namedCurve === 'secp384r1') return 'ES384';
  throw new Error('C2PA_PRIVATE_KEY_FILE: the key must be of Ed25519, P-256 or P-384');
}
