import express, { type Request, type Response } from 'express';
import { KIBIBYTE } from '#contract/route.ts';
import type { RouteName, Routes } from '#contract/routes.ts';
import { ApiProblem } from '../problem.ts';
import { refuseAtLimit } from './refuse-at-limit.ts';
import { isSignedBy, readSignatureHeaders } from '../webhooks/verify-signature.ts';

/**
 * A callback that says what has ended is a few kilobytes. One that repeats the image its prediction began with is larger and is
 * refused: whoever waits for that prediction polls it.
 */
const BODY_LIMIT_BYTES = 64 * KIBIBYTE;

export type SignedRouteName = { [Name in RouteName]: Routes[Name] extends { signed: true } ? Name : never }[RouteName];

/** @returns the JSON of a body that its sender has signed */
export type ReadSignedBody = (req: Request, res: Response) => Promise<unknown>;

/**
 * The authentication of a signed route, cheapest check first: headers, then the HMAC over the bytes as they came (never inflated), and
 * only then JSON.
 * @throws ApiProblem unauthorized; payload_too_large, unsupported_media (compressed); validation_failed when genuine and no JSON
 */
export function createReadSignedBody(secret: string): ReadSignedBody {
  const readBytes = refuseAtLimit(
    express.raw({ limit: BODY_LIMIT_BYTES, inflate: false, type: () => true }),
    BODY_LIMIT_BYTES,
  );
  return async (req, res) => {
    const message = readSignatureHeaders((name) => req.get(name));
    if (message === undefined) throw notGenuine();
    await new Promise<void>((resolve, reject) => {
      readBytes(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error as Error)));
    });
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    if (!isSignedBy(secret, message, bytes)) throw notGenuine();
    try {
      return JSON.parse(bytes.toString());
    } catch (cause) {
      throw new ApiProblem('validation_failed', { detail: 'The body is not valid JSON', cause });
    }
  };
}

function notGenuine(): ApiProblem {
  const headers = { 'WWW-Authenticate': 'Webhook-Signature' };
  return new ApiProblem('unauthorized', { detail: 'The signature is not valid', headers });
}
