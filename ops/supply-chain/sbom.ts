import { runCommand } from '#process/run-command.ts';
import { packageName, readLockFile, readManifest, type LockEntry, type Manifest } from './lock-file.ts';

type Packages = Readonly<Record<string, LockEntry>>;

/** A software bill of materials, CycloneDX 1.6: what the lock file installs, and what needs what. The same input gives the same text. */
export function createSbom(packages: Packages, project: Manifest) {
  const rootRef = purl(project.name, project.version);
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  const components = new Map(installed.map(([path, entry]) => [refOf(path, entry), component(path, entry)]));
  const needs = new Map<string, Set<string>>([[rootRef, directNeeds(packages, '')]]);
  for (const [path, entry] of installed) {
    const ref = refOf(path, entry);
    needs.set(ref, new Set([...(needs.get(ref) ?? []), ...directNeeds(packages, path)]));
  }
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': rootRef, name: project.name, version: project.version },
    },
    components: [...components.values()].toSorted((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
    dependencies: [...needs].map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn].toSorted() })),
  };
}

function component(path: string, entry: LockEntry) {
  const { integrity, license, dev, optional } = entry;
  const ref = refOf(path, entry);
  return {
    type: 'library',
    'bom-ref': ref,
    name: packageName(path),
    version: entry.version,
    // Tools for development are in no image.
    scope: dev ? 'excluded' : optional ? 'optional' : 'required',
    ...(integrity === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: hexOf(integrity) }] }),
    ...(license === undefined ? {} : { licenses: [licenseOf(license)] }),
    purl: ref,
  };
}

function licenseOf(license: string) {
  if (/ (OR|AND) /.test(license)) return { expression: license };
  return license.includes(' ') ? { license: { name: license } } : { license: { id: license } };
}

/** As Node resolves them: the nearest `node_modules` that has the package. */
function directNeeds(packages: Packages, path: string): Set<string> {
  const { dependencies, optionalDependencies } = packages[path] ?? { dependencies: {}, optionalDependencies: {} };
  const refs = Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => {
    for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
      const found = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
      const entry = packages[found];
      if (entry !== undefined) return [refOf(found, entry)];
      if (folder === '') return [];
    }
  });
  return new Set(refs);
}

const refOf = (path: string, { version }: LockEntry) => purl(packageName(path), version ?? '');
const purl = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
const hexOf = (integrity: string) => Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');

if (import.meta.main) {
  await runCommand(async () => {
    console.log(JSON.stringify(createSbom(await readLockFile(), await readManifest()), null, 2));
  });
}
