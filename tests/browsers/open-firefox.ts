import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../support/debian-packages.ts';
import { until } from '../support/until.ts';
import { openMarionetteSession } from './marionette.ts';
import { endProcess } from './end-process.ts';
import type { WebDriver } from './webdriver.ts';

const FIREFOX = {
  files: ['firefox-esr', 'firefox'],
  debianPackages: ['firefox-esr'],
  please: 'The story in Firefox needs Firefox. Install it (Debian: apt-get install firefox-esr).',
};
const PREFERENCES = {
  'marionette.port': 0,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  // A mouse, which a headless browser lacks: fine, and able to hover.
  'ui.primaryPointerCapabilities': 6,
  'ui.allPointerCapabilities': 6,
  'toolkit.legacyUserProfileCustomizations.stylesheets': true,
  'toolkit.telemetry.enabled': false,
};
/** Else the toolbar is at least 500 px wide, and the page with it. */
const NARROW_WINDOW = ':root, body { min-width: 0 !important; } #navigator-toolbox { display: none !important; }';

/** Starts headless Firefox with a profile of its own, which it removes at the end. */
export async function openFirefox(): Promise<WebDriver> {
  const profile = await mkdtemp(join(tmpdir(), 'avatar-firefox-'));
  const preferences = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), preferences.join('\n'));
  await mkdir(join(profile, 'chrome'));
  await writeFile(join(profile, 'chrome/userChrome.css'), NARROW_WINDOW);
  const firefox = spawn(
    await findProgram(FIREFOX),
    ['--headless', '--no-remote', '--marionette', '--profile', profile, 'about:blank'],
    { env: { ...process.env, HOME: profile }, stdio: 'ignore' },
  );
  const portFile = join(profile, 'MarionetteActivePort');
  const port = await until(() => readFile(portFile, 'utf8').catch(() => ''), { what: 'the start of Firefox' });
  const session = await openMarionetteSession(Number(port));
  return {
    ...session,
    async end() {
      await session.end();
      await endProcess(firefox);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
