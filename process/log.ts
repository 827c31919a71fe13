import { hostname } from 'node:os';
import { pino, type DestinationStream, type Logger } from 'pino';
import { RELEASE } from './release.ts';
import { traceFields } from './tracing/spans.ts';

const MAX_CAUSES = 4;
/** Their messages quote the statement, its parameters or the body, which may contain a prompt or a name. */
const QUOTE_INPUT = new Set([
  'DrizzleQueryError',
  'DatabaseError',
  'PostgresError',
  'SyntaxError',
  'ZodError',
  'error',
]);

export interface LogOptions {
  /** The release that this process runs; by default, the checkout's. */
  readonly version?: string;
  /** Standard output by default. */
  readonly destination?: DestinationStream;
}

/**
 * Logs JSON, one entry a row, with the release, the instance (host and process id), and the trace's id if there is one. Errors are logged with type, codes and stack; the
 * messages of errors that quote their input are omitted.
 */
export function createLog(
  service: 'api' | 'worker',
  level: string,
  { version = RELEASE, destination }: LogOptions = {},
): Logger {
  const base = { service, version, instance: `${hostname()}:${process.pid}` };
  // The Temporal SDK logs errors as `error`.
  const options = { level, base, mixin: traceFields, serializers: { err: describeError, error: describeError } };
  return destination ? pino(options, destination) : pino(options);
}

/** @returns the fields of an error and its causes that may be logged */
function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table, routine } = error as Error & Record<string, unknown>;
  const type = error.constructor.name;
  const quotesInput = QUOTE_INPUT.has(type) || QUOTE_INPUT.has(error.name) || 'query' in error || 'routine' in error;
  return {
    type,
    ...(!quotesInput && { message: error.message }),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(typeof table === 'string' && { table }),
    ...(typeof routine === 'string' && { routine }),
    frames: framesOf(error),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** The stack without the message at its beginning. */
function framesOf(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines.filter((text) => /^\s+at /.test(text)).map((text) => text.trim());
}
