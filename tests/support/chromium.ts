import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);
/** Chromium without its own windows comes first: the same pages cost it a seventh less. */
const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** For 100 MB of packages over a slow connection. */
const INSTALL_LIMIT_MS = 10 * 60_000;
const PLEASE_INSTALL = `The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM_PATH.`;

/** A name of this machine that browsers don't treat as secure, unlike localhost. */
export const INSECURE_HOST = 'studio.test';

/** Starts headless Chromium without its background network traffic. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      '--no-sandbox', // required when running as root, as containers do
      '--disable-gpu', // there is none to draw with
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`,
    ],
  });
}

/**
 * Finds Chromium: CHROMIUM_PATH, then PATH, then an installation with apt when running as root.
 *
 * @throws Error that says what to install
 */
async function chromiumPath(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const found = await onPath();
  if (found) return found;
  if (process.getuid?.() !== 0) throw new Error(PLEASE_INSTALL);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args: string[]) => run('apt-get', args, { env, timeout: INSTALL_LIMIT_MS });
    const install = (name: string) => apt('install', '-y', '-qq', '--no-install-recommends', name);
    await apt('update', '-qq');
    // Distributions without a package of the shell have one of the whole.
    await install(SHELL).catch(() => install('chromium'));
  } catch (cause) {
    throw new Error(`${PLEASE_INSTALL} Installing it failed.`, { cause });
  }
  const installed = await onPath();
  if (!installed) throw new Error(PLEASE_INSTALL);
  return installed;
}

async function onPath(): Promise<string | undefined> {
  for (const dir of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const file = join(dir, name);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
