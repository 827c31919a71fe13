import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { X509Certificate } from '@peculiar/x509';
import { type Asset, JPEG, PNG } from '@trustnxt/c2pa-ts/asset';
import { CoseAlgorithmIdentifier } from '@trustnxt/c2pa-ts/cose';
import {
  ActionAssertion,
  ActionType,
  ClaimVersion,
  DataHashAssertion,
  type DigitalSourceType,
  ManifestStore,
} from '@trustnxt/c2pa-ts/manifest';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { move } from 'piscina';
import type { SigningAlgorithm, SigningCredential } from './signing-credential.ts';
import type { SigningJob } from './content-signer.ts';

/** A thread of the API: hashing and copying a large PNG file takes up to 110 ms, for which the event loop must not stand still. */
const { certificates, privateKey, algorithm } = workerData as SigningCredential;
const key = createPrivateKey(privateKey);
const [certificate, ...chainCertificates] = certificates.map((pem) => new X509Certificate(pem));

const DIGESTS: Readonly<Record<SigningAlgorithm, string | null>> = { ES256: 'sha256', ES384: 'sha384', Ed25519: null };
const signer = {
  certificate: certificate!,
  chainCertificates,
  algorithm: CoseAlgorithmIdentifier[algorithm],
  sign: async (payload: Uint8Array) => sign(DIGESTS[algorithm], payload, { key, dsaEncoding: 'ieee-p1363' }),
};

const ASSETS: Readonly<Record<SigningJob['format'], new (bytes: Uint8Array) => Asset>> = { jpeg: JPEG, png: PNG };
const ACTIONS_LABEL = 'c2pa.actions.v2';

const TRIAL_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia';
/** One gray pixel. */
const TRIAL_JPEG = Buffer.from(
  '/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z',
  'base64',
);

/** @returns the file with a manifest that states how the image was made, bound to its bytes */
export default async function signImage(job: SigningJob): Promise<Uint8Array> {
  return move(await signed(job)) as Uint8Array;
}

async function signed({ bytes, format, provenance }: SigningJob): Promise<Uint8Array> {
  const asset = new ASSETS[format](bytes);
  const store = new ManifestStore();
  const manifest = store.createManifest({
    claimVersion: ClaimVersion.V2,
    assetFormat: asset.mimeType,
    instanceID: `xmp:iid:${randomUUID()}`,
    defaultHashAlgorithm: 'SHA-256',
    signer,
  });
  manifest.claim!.claimGeneratorName = 'Avatar Studio';
  // By default, the library's own.
  manifest.claim!.claimGeneratorVersion = undefined;
  const binding = DataHashAssertion.create('SHA-256');
  manifest.addAssertion(binding);
  manifest.addAssertion(creationOf(provenance));
  await asset.ensureManifestSpace(store.measureSize());
  await binding.updateWithAsset(asset);
  await manifest.sign(signer);
  await asset.writeManifestJUMBF(store.getBytes());
  return asset.getDataRange();
}

/**
 * Signs a small image and reads it back: an authority may issue certificates that C2PA does not accept.
 * @returns the codes of what is wrong; empty when nothing is
 */
export async function findFaults(): Promise<string[]> {
  const provenance = { digitalSourceType: TRIAL_TYPE, creatorTool: 'Avatar Studio' } as const;
  const asset = new JPEG(await signed({ bytes: TRIAL_JPEG, format: 'jpeg', provenance }));
  const manifests = ManifestStore.read(SuperBox.fromBuffer(new Uint8Array(asset.getManifestJUMBF()!)));
  const { statusEntries } = await manifests.validate(asset);
  return statusEntries.filter(({ success }) => success === false).map(({ code }) => code);
}

function creationOf({ digitalSourceType, creatorTool }: SigningJob['provenance']): ActionAssertion {
  const creation = new ActionAssertion();
  creation.label = ACTIONS_LABEL;
  creation.actions.push({
    action: ActionType.C2paCreated,
    // The vocabulary's address of the type is the enum's value.
    digitalSourceType: digitalSourceType as DigitalSourceType,
    softwareAgent: { name: creatorTool },
  });
  return creation;
}
