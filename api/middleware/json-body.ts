import express, { type Request, type RequestHandler } from 'express';
import { KIBIBYTE, type Route } from '#contract/route.ts';
import { ApiProblem } from '../problem.ts';
import { contextOf } from '../request-context.ts';
import { ownTurn } from '../turn.ts';
import { refuseAtLimit } from './refuse-at-limit.ts';

/** Bodies (a prompt, a persona, attributes) are well below this; routes with larger ones set `bodyMaxBytes`. */
const BODY_LIMIT_BYTES = 64 * KIBIBYTE;
/** The largest batch has 2,500. As objects, values take up to eighty times the memory of their text. */
const VALUES_MAX = 4_000;
const [QUOTE, BACKSLASH, COMMA, LIST, OBJECT] = [...Buffer.from('"\\,[{')];
/** The only charset of JSON (RFC 8259). */
const UTF_8 = 'utf-8';

/**
 * Reads a JSON body.
 * @throws ApiProblem unsupported_media, payload_too_large, validation_failed
 */
export function jsonBody({
  bodyMaxBytes: limit = BODY_LIMIT_BYTES,
}: Pick<Route, 'bodyMaxBytes'> = {}): RequestHandler[] {
  return [
    (req, _res, next) => {
      if (hasBody(req) && !req.is('application/json')) {
        throw new ApiProblem('unsupported_media', { detail: 'Send application/json' });
      }
      next();
    },
    refuseAtLimit(express.raw({ limit, type: 'application/json' }), limit),
    async (req, res, next) => {
      const bytes = req.body as Buffer | undefined;
      if (bytes !== undefined) {
        assertUtf8(req);
        if (hasMoreValues(bytes, VALUES_MAX)) {
          throw new ApiProblem('payload_too_large', { detail: `The body has more than ${VALUES_MAX} values` });
        }
        // Express's own parser would parse all bodies that have just been received in one turn of the event loop.
        await ownTurn();
        const text = decodeUtf8(bytes);
        contextOf(res).bodyText = text;
        req.body = bytes.length === 0 ? {} : parseJsonText(text);
      }
      next();
    },
  ];
}

/** Browsers send a Content-Length of 0 with a POST without a body. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** @throws ApiProblem unsupported_media */
function assertUtf8(req: Request): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(req.get('Content-Type') ?? '')?.[1] ?? UTF_8;
  if (charset.toLowerCase() !== UTF_8) throw new ApiProblem('unsupported_media', { detail: 'Send UTF-8' });
}

/** Counts values, before they are parsed, by the signs before them. */
function hasMoreValues(json: Buffer, limit: number): boolean {
  let count = 1;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (inText && sign === BACKSLASH) at += 1;
    else if (sign === QUOTE) inText = !inText;
    else if (!inText && (sign === COMMA || sign === LIST || sign === OBJECT)) count += 1;
    if (count > limit) return true;
  }
  return false;
}

/** @throws ApiProblem validation_failed */
export function parseJson(bytes: Buffer): unknown {
  return parseJsonText(decodeUtf8(bytes));
}

/** @throws ApiProblem validation_failed */
function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ApiProblem('validation_failed', { detail: 'The body is not valid UTF-8', cause });
  }
}

function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ApiProblem('validation_failed', { detail: 'The body is not valid JSON', cause });
  }
}
