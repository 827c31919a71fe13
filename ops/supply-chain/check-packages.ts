import { runCommand } from '#process/run-command.ts';
import { packageName, readLockFile, readManifest, type LockEntry, type Manifest } from './lock-file.ts';

/** Licenses whose conditions this project meets: notices are in the packages, and nothing of them is changed. */
const ALLOWED_LICENSES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  // libvips in sharp's packages: a shared library of its own, which may be replaced.
  'LGPL-3.0-or-later',
]);

/** Packages whose entry names no license that a program can read; their texts were read. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'dejavu-fonts-ttf': 'Bitstream Vera: free to use, embed and redistribute',
  unionfs: 'Unlicense, by its LICENSE file',
};

/** What is wrong with the packages of a lock file, a sentence each. */
export function findPackageFaults(packages: Readonly<Record<string, LockEntry>>, { allowScripts }: Manifest): string[] {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .flatMap(([path, entry]) => {
      const name = packageName(path);
      return [...sourceFaults(entry), ...scriptFaults(name, entry, allowScripts), ...licenseFaults(name, entry)].map(
        (fault) => `${path}: ${fault}`,
      );
    });
}

/** An entry without an address is from the registry that npm is configured with (.npmrc leaves the address out). */
function sourceFaults({ resolved, integrity, link, inBundle }: LockEntry): string[] {
  if (link) return ['is a link to a folder'];
  if (resolved !== undefined) return [`is from ${resolved.split(/[?#]/)[0]}, not from the registry`];
  if (integrity === undefined && !inBundle) return ['has no hash'];
  return integrity === undefined || integrity.startsWith('sha512-') ? [] : ['has a hash other than SHA-512'];
}

function scriptFaults(name: string, { hasInstallScript }: LockEntry, allowed: Manifest['allowScripts']): string[] {
  if (!hasInstallScript || Object.hasOwn(allowed, name)) return [];
  return ['has an install script: allow or forbid it in allowScripts of package.json'];
}

function licenseFaults(name: string, { license }: LockEntry): string[] {
  if (Object.hasOwn(READ_BY_HAND, name)) return [];
  if (license === undefined) return ['names no license'];
  return isAllowed(license) ? [] : [`has the license ${license}, which is not on the list`];
}

/** Of `OR`, one license must be allowed; of `AND`, all. Parentheses are only used around a whole expression. */
function isAllowed(expression: string): boolean {
  const text = expression.replace(/^\((.*)\)$/, '$1');
  return text.split(' OR ').some((choice) => choice.split(' AND ').every((license) => ALLOWED_LICENSES.has(license)));
}

if (import.meta.main) {
  await runCommand(async () => {
    const faults = findPackageFaults(await readLockFile(), await readManifest());
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) throw new Error('See docs/security.md, "Supply chain"');
  });
}
