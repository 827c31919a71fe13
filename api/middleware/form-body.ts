import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { Request, RequestHandler, Response } from 'express';
import type { Route } from '#contract/route.ts';
import { UPLOAD_MAX_BYTES } from '#domain/generation/upload.ts';
import { ApiProblem } from '../problem.ts';
import { contextOf } from '../request-context.ts';
import type { MemoryBudget } from './memory-budget.ts';

/** A persona or attributes as JSON are well below this. */
const FIELD_MAX_BYTES = 48 * 1024;
const FIELDS_MAX = 10;
const HEADER_PAIRS_MAX = 20;
const HEADER_MAX_BYTES = 8 * 1024;
/** Boundaries and text fields, in addition to the file. */
const OVERHEAD_MAX_BYTES = 96 * 1024;
/** HTML forms state their encoding in a field of this name; what isn't UTF-8 is refused by itself. */
const CHARSET_FIELD = '_charset_';
/** Encodings of a part that leave its bytes as they are (RFC 2045). */
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(['7bit', '8bit', 'binary']);
/** Bytes that Latin-1 has no characters for: browsers, and all who say Latin-1, mean those of windows-1252. */
const C1_CONTROLS = /[\u0080-\u009F]/gu;
const windows1252 = new TextDecoder('windows-1252');
/** Other uploads have ended by then. */
const BUSY_RETRY_SECONDS = 5;

interface Form {
  readonly fields: Record<string, string>;
  readonly file: Buffer;
}

/**
 * Reads a multipart form: its text fields become the body, its one file is held in memory. Bytes are counted as they arrive, so reading
 * stops at the limit. The rest of a refused form is read and discarded, so that its sender receives the problem.
 * @throws ApiProblem unsupported_media, payload_too_large, validation_failed; unavailable when all forms together hold too much memory
 */
export function formBody(
  { file: name }: Pick<NonNullable<Route['multipart']>, 'file'>,
  memory: MemoryBudget,
): RequestHandler {
  return async (req, res, next) => {
    const type = req.headers['content-type'];
    if (type === undefined || !req.is('multipart/form-data')) {
      throw new ApiProblem('unsupported_media', { detail: 'Send multipart/form-data' });
    }
    assertNotCompressed(req);
    if (Number(req.headers['content-length'] ?? 0) > UPLOAD_MAX_BYTES + OVERHEAD_MAX_BYTES) throw fileTooLarge();
    const { fields, file } = await readForm(req, res, { ...req.headers, 'content-type': type }, { name, memory });
    req.body = fields;
    contextOf(res).file = file;
    next();
  };
}

/** The memory is released once the response is sent or the client has disconnected. */
function readForm(
  req: Request,
  res: Response,
  headers: BusboyHeaders,
  { name, memory }: { readonly name: string; readonly memory: MemoryBudget },
): Promise<Form> {
  const { promise, resolve, reject } = Promise.withResolvers<Form>();
  const accountId = contextOf(res).caller?.accountId ?? '';
  const parser = createParser(headers, name);
  const fields = new Map<string, string>();
  const chunks: Buffer[] = [];
  let heldBytes = 0;
  let files = 0;
  let refused = false;

  function refuse(problem: ApiProblem): void {
    refused = true;
    req.unpipe(parser);
    req.resume();
    chunks.length = 0;
    reject(problem);
  }

  function append(chunk: Buffer): void {
    if (refused) return;
    if (!memory.acquire(accountId, chunk.length)) {
      return refuse(new ApiProblem('unavailable', { retryAfterSeconds: BUSY_RETRY_SECONDS }));
    }
    heldBytes += chunk.length;
    chunks.push(chunk);
  }

  parser.on('file', (field, stream: BusboyFileStream, _fileName, encoding) => {
    files += 1;
    if (!PLAIN_ENCODINGS.has(encoding)) return refuse(encodedPart(field, encoding));
    stream.on('limit', () => refuse(fileTooLarge()));
    stream.on('error', () => refuse(unreadable()));
    stream.on('data', append);
  });
  parser.on('field', (field, value, _nameCut, valueCut, encoding) => {
    if (field === CHARSET_FIELD) return;
    if (!PLAIN_ENCODINGS.has(encoding)) return refuse(encodedPart(field, encoding));
    // Busboy puts this in the place of bytes that it can't decode.
    if (value.includes('\uFFFD')) return refuse(invalid(field, 'is not valid UTF-8: send UTF-8, or state the charset'));
    if (valueCut) return refuse(new ApiProblem('payload_too_large', { detail: `The field ${field} is too long` }));
    if (fields.has(field)) return refuse(invalid(field, 'was sent more than once'));
    fields.set(
      field,
      value.replaceAll(C1_CONTROLS, (sign) => windows1252.decode(Buffer.from(sign, 'latin1'))),
    );
  });
  parser.on('filesLimit', () => refuse(invalid(name, 'was sent more than once')));
  parser.on('fieldsLimit', () => refuse(invalid('', `must have at most ${FIELDS_MAX} fields`)));
  parser.on('error', () => refuse(unreadable()));
  parser.on('finish', () => {
    if (files === 0) return refuse(invalid(name, 'is required: send one file'));
    resolve({ fields: Object.fromEntries(fields), file: Buffer.concat(chunks) });
  });
  req.once('close', () => {
    if (!req.complete) refuse(unreadable());
  });
  res.once('close', () => memory.release(accountId, heldBytes));
  req.pipe(parser);
  return promise;
}

/** The field name alone tells the file: some clients send a file name with every part, others with none. */
function createParser(headers: BusboyHeaders, name: string): BusboyInstance {
  try {
    return new Busboy({
      headers,
      isPartAFile: (field) => field === name,
      limits: {
        fileSize: UPLOAD_MAX_BYTES,
        files: 1,
        fields: FIELDS_MAX,
        fieldSize: FIELD_MAX_BYTES,
        headerPairs: HEADER_PAIRS_MAX,
        headerSize: HEADER_MAX_BYTES,
      },
    });
  } catch {
    throw unreadable();
  }
}

/** @throws ApiProblem unsupported_media */
function assertNotCompressed(req: Request): void {
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new ApiProblem('unsupported_media', { detail: `Send the form without Content-Encoding: ${encoding}` });
  }
}

/** RFC 7578 deprecates it: a form's parts need no encoding. */
function encodedPart(field: string, encoding: string): ApiProblem {
  const detail = `The field ${field} has the Content-Transfer-Encoding ${encoding}: send its bytes as they are`;
  return new ApiProblem('unsupported_media', { detail });
}

function fileTooLarge(): ApiProblem {
  return new ApiProblem('payload_too_large', {
    detail: `The file is larger than ${UPLOAD_MAX_BYTES / 1024 / 1024} MB`,
  });
}

function unreadable(): ApiProblem {
  return new ApiProblem('validation_failed', { detail: 'The form can’t be read, or was cut off before its end' });
}

function invalid(path: string, message: string): ApiProblem {
  return new ApiProblem('validation_failed', { errors: [{ path, message }] });
}
