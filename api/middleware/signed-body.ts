import express, { type Request, type Response } from 'express';
import { KIBIBYTE } from '#contract/route.ts';
import type { RouteName, Routes } from '#contract/routes.ts';
import { ApiProblem } from '../problem.ts';
import { refuseAtLimit } from './refuse-at-limit.ts';
import { isSignedBy, readSignatureHeaders } from '../webhooks/verify-signature.ts';

/**
 * The callback of a prediction is a few kilobytes. One that repeats its input image is larger and is refused: the activity polls the
 * prediction as well.
 */
const BODY_LIMIT_BYTES = 64 * KIBIBYTE;

export type SignedRouteName = { [Name in RouteName]: Routes[Name] extends { signed: true } ? Name : never }[RouteName];

/** @returns the JSON of a body with a valid signature */
export type ReadSignedBody = (req: Request, res: Response) => Promise<unknown>;

/**
 * Authenticates a signed route, cheapest check first: the headers, the HMAC over the bytes as they were sent (never decompressed), and
 * only then the JSON.
 * @throws ApiProblem unauthorized; payload_too_large; unsupported_media when compressed; validation_failed when signed but not JSON
 */
export function createReadSignedBody(secret: string): ReadSignedBody {
  const readBytes = refuseAtLimit(
    express.raw({ limit: BODY_LIMIT_BYTES, inflate: false, type: () => true }),
    BODY_LIMIT_BYTES,
  );
  return async (req, res) => {
    const message = readSignatureHeaders((name) => req.get(name));
    if (message === undefined) throw invalidSignature();
    await new Promise<void>((resolve, reject) => {
      readBytes(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error as Error)));
    });
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    if (!isSignedBy(secret, message, bytes)) throw invalidSignature();
    try {
      return JSON.parse(bytes.toString());
    } catch (cause) {
      throw new ApiProblem('validation_failed', { detail: 'The body is not valid JSON', cause });
    }
  };
}

function invalidSignature(): ApiProblem {
  const headers = { 'WWW-Authenticate': 'Webhook-Signature' };
  return new ApiProblem('unauthorized', { detail: 'The signature is not valid', headers });
}
