import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_DIR } from './compose-project.ts';

const run = promisify(execFile);

/** Building the page takes ten seconds, bundling the workflows five; both are cached. */
const BUILD_TIMEOUT_MS = 180_000;
/** Created by stages of the Dockerfile. */
const BUNDLE = 'workflow-bundle';
const PACKAGES = 'node_modules';

/** A folder with exactly the files that the Dockerfile copies into the image. */
export interface ContainerImage {
  readonly dir: string;
  remove(): Promise<void>;
}

/** Runs the COPY instructions of the Dockerfile's last stage in a temporary folder. Packages are linked from the project. */
export async function buildContainerImage(): Promise<ContainerImage> {
  const dir = await mkdtemp(join(tmpdir(), 'avatar-image-'));
  await run('node', ['web/build.ts'], { cwd: PROJECT_DIR, timeout: BUILD_TIMEOUT_MS });
  for (const { sources, target } of await copies()) {
    for (const source of sources) await copyOne(source, target, dir);
  }
  await run('node', ['ops/containers/bundle-workflows.ts', join(dir, BUNDLE)], { cwd: dir, timeout: BUILD_TIMEOUT_MS });
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

interface Copy {
  /** Relative to the project's root. */
  readonly sources: readonly string[];
  /** Relative to the image's working directory; ends in `/` when it is a folder to copy into. */
  readonly target: string;
}

async function copies(): Promise<Copy[]> {
  const dockerfile = await readFile(join(PROJECT_DIR, 'Dockerfile'), 'utf8');
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  return [...lastStage.matchAll(/^COPY --from=\S+ (.+)$/gm)].map(([, args = '']) => {
    const paths = args.split(' ').map((path) => path.replace(/^(\/app|\.)\//, ''));
    return { sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
  });
}

async function copyOne(source: string, target: string, dir: string): Promise<void> {
  if (source === BUNDLE) return;
  const destination = join(dir, target.endsWith('/') ? join(target, basename(source)) : target);
  await mkdir(dirname(destination), { recursive: true });
  if (source === PACKAGES) {
    await symlink(join(PROJECT_DIR, PACKAGES), destination);
    return;
  }
  // As in .dockerignore.
  await cp(join(PROJECT_DIR, source), destination, {
    recursive: true,
    filter: (path) => !/\.test\.tsx?$/.test(path),
  });
}
