import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAdvisories } from './advisories.ts';
import { findPackageFaults } from './check-packages.ts';
import { readLockFile, readManifest, type LockEntry } from './lock-file.ts';
import { pinImages, readDigest } from './pin-images.ts';
import { createSbom } from './sbom.ts';
import { findSecrets } from './secret-patterns.ts';

const GOOD: LockEntry = {
  version: '1.0.0',
  integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}`,
  license: 'MIT',
  dev: false,
  optional: false,
  link: false,
  inBundle: false,
  hasInstallScript: false,
  dependencies: {},
  optionalDependencies: {},
};
const PROJECT = { name: 'studio', version: '0.1.0', license: 'MIT', allowScripts: { sharp: false } };

describe('the policy for packages', () => {
  it('is kept by the lock file', async () => {
    expect(findPackageFaults(await readLockFile(), await readManifest())).toEqual([]);
  });

  it.each<[fault: string, change: Partial<LockEntry>]>([
    ['not from the registry', { resolved: 'git+ssh://host/repository#commit' }],
    ['not from the registry', { resolved: 'file:../elsewhere' }],
    ['not from the registry', { resolved: 'https://elsewhere.test/a.tgz' }],
    ['link to a folder', { link: true }],
    ['no hash', { integrity: undefined }],
    ['other than SHA-512', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['install script', { hasInstallScript: true }],
    ['names no license', { license: undefined }],
    ['not on the list', { license: 'GPL-3.0-only' }],
    ['not on the list', { license: 'MIT AND GPL-3.0-only' }],
    ['not on the list', { license: 'SEE LICENSE IN README.md' }],
  ])('refuses a package that is or has: %s', (fault, change) => {
    expect(findPackageFaults({ 'node_modules/a': { ...GOOD, ...change } }, PROJECT)).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  it('accepts one license of several, and a script that package.json decides about', () => {
    const packages = {
      'node_modules/a': { ...GOOD, license: '(MIT OR GPL-3.0-only)' },
      'node_modules/b/node_modules/sharp': { ...GOOD, hasInstallScript: true },
    };
    expect(findPackageFaults(packages, PROJECT)).toEqual([]);
  });
});

describe('the bill of materials', () => {
  it('names every package with its hash, and what needs it as Node resolves it', () => {
    const bom = createSbom(
      {
        '': { ...GOOD, dependencies: { a: '^1' } },
        'node_modules/a': { ...GOOD, dependencies: { '@s/b': '^2', c: '^1' } },
        'node_modules/a/node_modules/@s/b': { ...GOOD, version: '2.0.0', dependencies: { c: '^1' } },
        'node_modules/@s/b': { ...GOOD, dev: true },
        'node_modules/c': { ...GOOD },
      },
      PROJECT,
    );
    expect(bom.components.map(({ purl, scope }) => [purl, scope])).toEqual([
      ['pkg:npm/%40s/b@1.0.0', 'excluded'],
      ['pkg:npm/%40s/b@2.0.0', 'required'],
      ['pkg:npm/a@1.0.0', 'required'],
      ['pkg:npm/c@1.0.0', 'required'],
    ]);
    expect(bom.components[0]?.hashes).toEqual([{ alg: 'SHA-512', content: '01'.repeat(64) }]);
    expect(Object.fromEntries(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))).toMatchObject({
      'pkg:npm/studio@0.1.0': ['pkg:npm/a@1.0.0'],
      'pkg:npm/a@1.0.0': ['pkg:npm/%40s/b@2.0.0', 'pkg:npm/c@1.0.0'],
      'pkg:npm/%40s/b@2.0.0': ['pkg:npm/c@1.0.0'],
    });
  });

  it('of this project refers only to packages that it names', async () => {
    const bom = createSbom(await readLockFile(), await readManifest());
    const refs = new Set([bom.metadata.component['bom-ref'], ...bom.components.map((each) => each['bom-ref'])]);
    const unknown = bom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref));
    expect(unknown).toEqual([]);
    expect(bom.components.length).toBeGreaterThan(500);
  });
});

describe('the search for secrets', () => {
  // Put together here, so that this file contains none.
  it.each([
    ['our API key', `avs_${'a1B2'.repeat(8)}`],
    ['webhook secret', `whsec_${'QUFB'.repeat(8)}`],
    ['private key', `-----BEGIN ${'PRIVATE'} KEY-----\n${'MIIE'.repeat(16)}`],
    ['Replicate token', `r8_${'x'.repeat(37)}`],
    ['Hugging Face token', `hf_${'x'.repeat(34)}`],
    ['AWS access key', `AKIA${'A7'.repeat(8)}`],
    ['JSON Web Token', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`],
  ])('finds: %s', (kind, value) => {
    expect(findSecrets(`first line\nconst token = '${value}';`)).toMatchObject([{ kind, row: 2 }]);
  });

  it('passes what only names them', () => {
    expect(findSecrets('The key begins with `avs_`, the secret with whsec_…; -----BEGIN PRIVATE KEY-----')).toEqual([]);
  });
});

describe('the digests of images', () => {
  const DIGEST = `sha256:${'ab'.repeat(32)}`;
  let registry: Server;
  let url: string;
  let requests: string[];
  beforeAll(async () => {
    registry = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      if (request.url?.startsWith('/token')) return void response.end(JSON.stringify({ token: 'anonymous' }));
      if (request.headers.authorization !== 'Bearer anonymous') {
        const challenge = `Bearer realm="${url}/token",service="registry",scope="repository:library/postgres:pull"`;
        return void response.writeHead(401, { 'www-authenticate': challenge }).end();
      }
      const known = request.url === '/v2/library/postgres/manifests/18.4';
      response.writeHead(known ? 200 : 404, known ? { 'docker-content-digest': DIGEST } : {}).end();
    }).listen(0, '127.0.0.1');
    await once(registry, 'listening');
    url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
    requests = [];
  });
  afterAll(() => void registry.close());

  it('are read with the anonymous token that the registry hands out', async () => {
    expect(await readDigest(url, 'postgres', '18.4')).toBe(DIGEST);
    expect(requests).toEqual([
      'HEAD /v2/library/postgres/manifests/18.4',
      'GET /token?service=registry&scope=repository%3Alibrary%2Fpostgres%3Apull',
      'HEAD /v2/library/postgres/manifests/18.4',
    ]);
  });

  it('are missing in a sentence', async () => {
    await expect(readDigest(url, 'temporalio/ui', '0.0.0')).rejects.toThrow('no digest of temporalio/ui:0.0.0 (404)');
    await expect(readDigest('http://127.0.0.1:1', 'postgres', '18.4')).rejects.toThrow('does not answer');
  });

  it('are added behind tags, and replaced when pinned again', async () => {
    const text = '    image: postgres:18.4\n    image: avatar-studio:${VERSION:-local}\nARG NODE_IMAGE=node:24-slim\n';
    const pinned = await pinImages(text, async () => DIGEST);
    expect(pinned).toBe(
      `    image: postgres:18.4@${DIGEST}\n    image: avatar-studio:\${VERSION:-local}\nARG NODE_IMAGE=node:24-slim@${DIGEST}\n`,
    );
    const other = DIGEST.replaceAll('a', 'c');
    expect(await pinImages(pinned, async () => other)).toBe(pinned.replaceAll(DIGEST, other));
  });
});

describe('advisories', () => {
  it('are listed with their severity, and told apart from no answer', () => {
    const found = { vulnerabilities: { a: { severity: 'high', range: '<2', isDirect: true } } };
    expect(readAdvisories(JSON.stringify(found))).toEqual(['a <2: high, a direct dependency']);
    expect(readAdvisories(JSON.stringify({ vulnerabilities: {} }))).toEqual([]);
    expect(readAdvisories(JSON.stringify({ message: '405 Method Not Allowed' }))).toBeUndefined();
    expect(readAdvisories('')).toBeUndefined();
  });
});
