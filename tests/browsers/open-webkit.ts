import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { findProgram } from '../support/debian-packages.ts';
import { until } from '../support/until.ts';
import { endProcess } from './end-process.ts';
import { openHttpSession, type WebDriver } from './webdriver.ts';

const WEBKIT = {
  files: ['WebKitWebDriver'],
  debianPackages: ['webkit2gtk-driver'],
  please: 'The story in WebKit needs its driver. Install it (Debian: apt-get install webkit2gtk-driver).',
};
const DISPLAY = {
  files: ['Xvfb'],
  debianPackages: ['xvfb'],
  please: 'The story in WebKit needs a display in memory. Install it (Debian: apt-get install xvfb).',
};
/** Else the toolbar is at least 447 px wide, and the page with it. */
const NARROW_WINDOW = '* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }';

/** Starts WebKit's small browser on a display of its own, without the user's settings. */
export async function openWebKit(): Promise<WebDriver> {
  const home = await mkdtemp(join(tmpdir(), 'avatar-webkit-'));
  await mkdir(join(home, 'gtk-3.0'));
  await writeFile(join(home, 'gtk-3.0/gtk.css'), NARROW_WINDOW);
  const display = spawn(
    await findProgram(DISPLAY),
    ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const [number] = (await once(display.stdio[3] as Readable, 'data')) as [Buffer];
  const port = await freePort();
  const driver = spawn(await findProgram(WEBKIT), [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, DISPLAY: `:${number.toString().trim()}` },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(`${url}/status`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { what: 'the start of WebKit' },
  );
  const session = await openHttpSession(url, { 'webkitgtk:browserOptions': { args: ['--automation'] } });
  return {
    ...session,
    async end() {
      await session.end();
      await endProcess(driver);
      await endProcess(display);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
