import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from '@vitest/coverage-v8';

/** As temporal/worker/workflow-bundle.ts names them. */
const BUNDLE_NAME = /^workflows-[0-9a-f]+\.cjs$/;
const SOURCE_MAP = /\/\/# sourceMappingURL=data:[^,]*;base64,(\S+)\s*$/;

interface Source {
  code: string;
  map?: { sources: string[] };
}

/** The two steps of Vitest's own provider that decide about one executed file. */
interface Provider {
  isIncluded(path: string): boolean;
  getSources(url: string, ...rest: unknown[]): Promise<Source>;
}

/**
 * Vitest's V8 coverage, and the workflows as well: they run as a bundle in a sandbox of their own, which V8 counts like
 * any other script (in this thread, with TEMPORAL_DEBUG) but Vitest does not know how to read back. Its inline source
 * map says which line of workflows/ every part of the bundle is.
 */
export default {
  // Vitest loads this module more than once; what is being measured is kept by its own, of which there is one.
  startCoverage: (options: Parameters<NonNullable<typeof v8.startCoverage>>[0]) => v8.startCoverage?.(options),
  takeCoverage: (options: Parameters<NonNullable<typeof v8.takeCoverage>>[0]) => v8.takeCoverage?.(options),
  stopCoverage: (options: Parameters<NonNullable<typeof v8.stopCoverage>>[0]) => v8.stopCoverage?.(options),
  async getProvider() {
    const provider = (await v8.getProvider()) as Awaited<ReturnType<typeof v8.getProvider>> & Provider;
    const isIncluded = provider.isIncluded.bind(provider);
    const getSources = provider.getSources.bind(provider);
    provider.isIncluded = (path) => isBundle(path) || isIncluded(path);
    provider.getSources = async (url, ...rest) => {
      const path = fileURLToPath(url);
      return isBundle(path) ? readBundle(path) : getSources(url, ...rest);
    };
    return provider;
  },
};

function isBundle(path: string): boolean {
  return BUNDLE_NAME.test(basename(path));
}

async function readBundle(path: string): Promise<Source> {
  const code = await readFile(path, 'utf8');
  const encoded = SOURCE_MAP.exec(code)?.[1];
  if (encoded === undefined) throw new Error(`${path} has no source map: the workflows' coverage is not known`);
  const map = JSON.parse(Buffer.from(encoded, 'base64').toString()) as { sources: string[] };
  return { code, map: { ...map, sources: map.sources.map((source) => `file://${resolve(source)}`) } };
}
