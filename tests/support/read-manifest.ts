import { JPEG, PNG } from '@trustnxt/c2pa-ts/asset';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { ActionAssertion, ManifestStore } from '@trustnxt/c2pa-ts/manifest';

/** Reads and checks the C2PA manifest of a PNG or JPEG file. @returns undefined without one */
export async function readManifest(bytes: Buffer) {
  const file = new Uint8Array(bytes);
  const asset = PNG.canRead(file) ? new PNG(file) : new JPEG(file);
  const box = asset.getManifestJUMBF();
  if (box === undefined) return undefined;
  const store = ManifestStore.read(SuperBox.fromBuffer(new Uint8Array(box)));
  const result = await store.validate(asset);
  const { claim, assertions } = store.getActiveManifest()!;
  const actions = assertions!.assertions.flatMap((each) => (each instanceof ActionAssertion ? each.actions : []));
  return {
    isValid: result.isValid,
    faults: result.statusEntries.filter(({ success }) => success === false).map(({ code }) => code),
    generator: claim!.claimGeneratorName,
    generatorVersion: claim!.claimGeneratorVersion,
    actions: actions.map(({ action, digitalSourceType, softwareAgent }) => ({
      action,
      digitalSourceType,
      tool: softwareAgent?.name,
    })),
  };
}
