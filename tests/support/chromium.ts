import { type Browser, chromium } from 'playwright-core';
import { findProgram } from './debian-packages.ts';

const CHROMIUM = {
  // Chromium without its own windows comes first: the same pages cost it a seventh less.
  files: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  debianPackages: ['chromium-headless-shell', 'chromium'],
  please: `The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM_PATH.`,
};

/** A name of this machine that browsers don't treat as secure, unlike localhost. */
export const INSECURE_HOST = 'studio.test';

/** Where the forms of the tests' identity provider want a font from. */
const FONTS_HOST = 'fonts.googleapis.com';

/** Starts headless Chromium without its background network traffic: CHROMIUM_PATH, or the first on PATH. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] || (await findProgram(CHROMIUM)),
    args: [
      '--no-sandbox', // required when running as root, as containers do
      '--disable-gpu', // there is none to draw with
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1, MAP ${FONTS_HOST} ~NOTFOUND`,
    ],
  });
}
