import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '#contract/openapi.ts';
import { testApi } from '../api/test-api.ts';
import { openBrowser } from '../support/chromium.ts';

const studio = testApi();
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe('/docs', () => {
  it('is drawn without an error, and asks no other host for anything', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    page.on('pageerror', (error) => void complaints.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(`${studio.address}/docs`);
    const summaries = Object.values(createOpenApiDocument().paths).flatMap((methods) =>
      Object.values(methods).map(({ summary }) => String(summary)),
    );
    await page.getByText('Make avatars; every generation is one durable workflow').first().waitFor();
    await page.getByText(summaries[0]!).first().waitFor();
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(studio.address) && !url.startsWith('data:'))).toEqual([]);
    await page.close();
  });

  it('leads from the type of a problem to what the codes mean', async () => {
    const page = await browser.newPage();
    await page.goto(`${studio.address}/docs#problem-insufficient_credits`);
    const meaning = page.getByText('insufficient_credits', { exact: true }).first();
    await expect.poll(() => meaning.boundingBox().then((box) => box !== null && box.y > 0 && box.y < 2_000)).toBe(true);
    await page.close();
  });

  it('lets no script run but its own, and loosens nothing for the rest of the API', async () => {
    const [page, document] = await Promise.all(['/docs', '/openapi.json'].map((path) => fetch(studio.address + path)));
    const policy = page!.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+';/);
    expect(policy).not.toContain('http');
    expect(document!.headers.get('Content-Security-Policy')).toBe("default-src 'none';frame-ancestors 'none'");
  });

  it('sends its script squeezed to those who can read that, and plain to others', async () => {
    const script = `${studio.address}/docs/scalar.js`;
    const squeezed = await fetch(script, { headers: { 'Accept-Encoding': 'br' } });
    const plain = await fetch(script, { headers: { 'Accept-Encoding': 'identity' } });
    expect(squeezed.headers.get('Content-Encoding')).toBe('br');
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(await squeezed.text()).toBe(await plain.text());
  });
});
