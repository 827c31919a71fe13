import { beforeEach, describe, expect, it } from 'vitest';
import { createFalSigner } from '#tests/fakes/fal/send-webhook.ts';
import { createFalKeys } from './fal-keys.ts';
import { falSignature } from './verify-fal-signature.ts';

const ID = '024ca5b1-45d3-4afd-883e-ad3abe2a1c4d';
const BODY = JSON.stringify({ request_id: ID, status: 'OK' });
const HOUR_MS = 3_600_000;

let signer: ReturnType<typeof createFalSigner>;
let nowMs: number;
let reads: number;
let isAway: boolean;
let verify: ReturnType<typeof falSignature>;

beforeEach(() => {
  signer = createFalSigner('us');
  [nowMs, reads, isAway] = [0, 0, false];
  const readKeys = async () => {
    reads += 1;
    if (isAway) throw new Error('unreachable');
    return Response.json(signer.keys().body);
  };
  verify = falSignature('us', createFalKeys({ fetch: readKeys, now: () => nowMs }));
});

/** @returns undefined where the headers alone are refused */
function isSigned(headers: Record<string, string>, body = BODY): Promise<boolean> | undefined {
  return verify((name) => headers[name])?.(Buffer.from(body));
}

describe("the signature of fal's callbacks", () => {
  it('is accepted from our account, with one call for the keys', async () => {
    expect(await Promise.all([1, 2, 3].map(() => isSigned(signer.sign(ID, BODY))))).toEqual([true, true, true]);
    expect(reads).toBe(1);
  });

  it('is refused when another key made it, or when id, time or body are not the signed ones', async () => {
    expect(await isSigned(signer.sign(ID, BODY, { forged: true }))).toBe(false);
    expect(await isSigned(signer.sign(ID, BODY), `${BODY} `)).toBe(false);
    const headers = signer.sign(ID, BODY);
    expect(await isSigned({ ...headers, 'x-fal-webhook-request-id': 'other' })).toBe(false);
    const earlier = String(Math.floor(Date.now() / 1000) - 5);
    expect(await isSigned({ ...headers, 'x-fal-webhook-timestamp': earlier })).toBe(false);
  });

  it.each([
    ['is of another account, whose calls fal signs with the same key', () => signer.sign(ID, BODY, { userId: 'them' })],
    ['is older than five minutes', () => signer.sign(ID, BODY, { timestamp: Math.floor(Date.now() / 1000) - 301 })],
    ['is dated in the future', () => signer.sign(ID, BODY, { timestamp: Math.floor(Date.now() / 1000) + 400 })],
    ['is no signature', () => ({ ...signer.sign(ID, BODY), 'x-fal-webhook-signature': 'ff' })],
    ['has no headers', () => ({})],
  ])('is refused by its headers when it %s', (_, headers) => {
    expect(isSigned(headers())).toBeUndefined();
    expect(reads).toBe(0);
  });

  it('is accepted after fal has rotated its key', async () => {
    expect(await isSigned(signer.sign(ID, BODY))).toBe(true);
    signer.rotate();
    nowMs += HOUR_MS;
    expect(await isSigned(signer.sign(ID, BODY))).toBe(true);
    expect(reads).toBe(2);
  });

  it('causes at most one call a minute for the keys when it is forged', async () => {
    for (let minute = 0; minute < 3; minute += 1) {
      for (let call = 0; call < 5; call += 1) await isSigned(signer.sign(ID, BODY, { forged: true }));
      nowMs += 61_000;
    }
    expect(reads).toBe(3);
  });

  it('can be verified with the known keys while new ones can not be read; without any, the answer is 503', async () => {
    isAway = true;
    await expect(isSigned(signer.sign(ID, BODY))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(isSigned(signer.sign(ID, BODY))).rejects.toMatchObject({ code: 'unavailable' });
    isAway = false;
    nowMs += 61_000;
    expect(await isSigned(signer.sign(ID, BODY))).toBe(true);
    isAway = true;
    nowMs += 13 * HOUR_MS;
    expect(await isSigned(signer.sign(ID, BODY))).toBe(true);
  });
});
