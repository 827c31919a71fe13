import express, { type Request, type Response } from 'express';
import { KIBIBYTE, type SignatureScheme } from '#contract/route.ts';
import type { RouteName, Routes } from '#contract/routes.ts';
import { ApiProblem } from '../problem.ts';
import { refuseAtLimit } from './refuse-at-limit.ts';
import type { VerifySignature } from '../webhooks/verify-signature.ts';

/**
 * The callback of a prediction is a few kilobytes. One that repeats its input image is larger and is refused: the activity polls the
 * prediction as well.
 */
const BODY_LIMIT_BYTES = 64 * KIBIBYTE;

export type SignedRouteName = {
  [Name in RouteName]: Routes[Name] extends { signed: SignatureScheme } ? Name : never;
}[RouteName];

/** @returns the bytes of a body with a valid signature */
export type ReadSignedBody = (req: Request, res: Response) => Promise<Buffer>;

/**
 * Authenticates a signed route, cheapest check first: the headers, then the signature over the bytes as they were sent (never
 * decompressed). The JSON is parsed only after the request was counted: `parseJson`.
 * @throws ApiProblem unauthorized; payload_too_large; unsupported_media when compressed
 */
export function createReadSignedBody(verifySignature: VerifySignature): ReadSignedBody {
  const readBytes = refuseAtLimit(
    express.raw({ limit: BODY_LIMIT_BYTES, inflate: false, type: () => true }),
    BODY_LIMIT_BYTES,
  );
  return async (req, res) => {
    const isSigned = verifySignature((name) => req.get(name));
    if (isSigned === undefined) throw invalidSignature();
    await new Promise<void>((resolve, reject) => {
      readBytes(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error as Error)));
    });
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    if (!(await isSigned(bytes))) throw invalidSignature();
    return bytes;
  };
}

function invalidSignature(): ApiProblem {
  const headers = { 'WWW-Authenticate': 'Webhook-Signature' };
  return new ApiProblem('unauthorized', { detail: 'The signature is not valid', headers });
}
