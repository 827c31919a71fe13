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
  it('renders without errors, and sends no request to another host', async () => {
    const page = await browser.newPage();
    const requests: string[] = [];
    const problems: string[] = [];
    page.on('request', (request) => void requests.push(request.url()));
    page.on('pageerror', (error) => void problems.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    await page.goto(`${studio.address}/docs`);
    const summaries = Object.values(createOpenApiDocument().paths).flatMap((methods) =>
      Object.values(methods).map(({ summary }) => String(summary)),
    );
    await page.getByText('Generate avatars. Every generation is one durable workflow').first().waitFor();
    await page.getByText(summaries[0]!).first().waitFor();
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(studio.address) && !url.startsWith('data:'))).toEqual([]);
    await page.close();
  });

  it('scrolls to the explanation of a problem code from its type URI', async () => {
    const page = await browser.newPage();
    await page.goto(`${studio.address}/docs#problem-insufficient_credits`);
    const meaning = page.getByText('insufficient_credits', { exact: true }).first();
    await expect.poll(() => meaning.boundingBox().then((box) => box !== null && box.y > 0 && box.y < 2_000)).toBe(true);
    await page.close();
  });

  it('allows only its own script, and does not relax the policy of other routes', async () => {
    const [page, document] = await Promise.all(['/docs', '/openapi.json'].map((path) => fetch(studio.address + path)));
    const policy = page!.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+';/);
    expect(policy).not.toContain('http');
    expect(document!.headers.get('Content-Security-Policy')).toBe("default-src 'none';frame-ancestors 'none'");
  });

  it('sends its script with Brotli to clients that accept it, and uncompressed to others', async () => {
    const script = `${studio.address}/docs/scalar.js`;
    const compressed = await fetch(script, { headers: { 'Accept-Encoding': 'br' } });
    const plain = await fetch(script, { headers: { 'Accept-Encoding': 'identity' } });
    expect(compressed.headers.get('Content-Encoding')).toBe('br');
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(await compressed.text()).toBe(await plain.text());
  });
});
