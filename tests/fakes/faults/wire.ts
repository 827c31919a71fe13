import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallFault } from './fault.ts';

/** The reply to a call. */
export interface Reply {
  readonly status: number;
  readonly body: Buffer | object;
  readonly contentType?: string;
  readonly headers?: Record<string, string>;
}

/** Larger than any adapter accepts for an image. */
export const OVERSIZED_BYTES = 21 * 1024 * 1024;

/** Whether the call is executed before it fails. With any other fault, nothing is accepted or paid. */
export function actsFirst({ fault }: CallFault): boolean {
  return fault === 'torn_reply' || fault.endsWith('_after_accept');
}

/**
 * Fails a call at the connection level, or sends `errorReply` for any other fault.
 *
 * @param reply the call's real reply, of which a torn reply sends half
 */
export function fail(
  fault: CallFault,
  request: IncomingMessage,
  response: ServerResponse,
  errorReply: Reply,
  reply?: Reply,
): void {
  switch (fault.fault) {
    case 'hang':
    case 'hang_after_accept':
      return; // never answered; stopping the server closes the connection
    case 'reset':
    case 'reset_after_accept':
      request.socket.resetAndDestroy();
      return;
    case 'torn_reply': {
      const body = bytesOf(reply?.body ?? {});
      response.writeHead(reply?.status ?? 200, {
        'content-type': reply?.contentType ?? 'application/json',
        'content-length': body.length,
      });
      response.write(body.subarray(0, body.length / 2), () => request.socket.destroy());
      return;
    }
    default:
      send(response, errorReply);
  }
}

export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { 'content-type': reply.contentType ?? 'application/json', ...reply.headers });
  response.end(bytesOf(reply.body));
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function bytesOf(body: Buffer | object): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
}
