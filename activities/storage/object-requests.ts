import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** Servers close idle connections after a minute or later. A request on one that is just closed fails with ECONNRESET: transient. */
const IDLE_CONNECTION_MS = 30_000;

export interface ObjectRequestsOptions {
  readonly bucket: string;
  /** Scheme and host. */
  readonly endpoint: string;
  /** Of a request to this URL. */
  readonly authorization: (url: string) => Promise<OutgoingHttpHeaders>;
}

/** What Cloud Storage tells of a stored object. */
interface ObjectResource {
  /** Bytes, in decimal. */
  readonly size: string;
  readonly md5Hash: string;
}

interface ObjectMetadata {
  readonly contentType: string;
  readonly cacheControl: string;
  /** Base64. With it, the server rejects bytes that were damaged in transit. */
  readonly md5Hash: string;
}

/** Cloud Storage answered with an error. */
export class ObjectRequestFailed extends Error {
  override readonly name = 'ObjectRequestFailed';
  /** The HTTP status. */
  readonly code: number;

  constructor(code: number) {
    super(`Cloud Storage answered ${code}`);
    this.code = code;
  }
}

/**
 * The two calls that every avatar needs, by the JSON API, over connections that stay open. The library sends the same requests with nine
 * times the CPU: 3 ms a write. Neither retries nor times out: wrap them in a bounded call.
 */
export function createObjectRequests({ bucket, endpoint, authorization }: ObjectRequestsOptions) {
  const secure = new URL(endpoint).protocol === 'https:';
  const agentOptions = { keepAlive: true, timeout: IDLE_CONNECTION_MS };
  const agent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const send = secure ? httpsRequest : httpRequest;
  const bucketPath = `b/${encodeURIComponent(bucket)}/o`;

  /** @throws ObjectRequestFailed, or Node's error with a `code` when there is no whole reply */
  async function call(method: string, url: string, headers: OutgoingHttpHeaders, body?: Buffer): Promise<Buffer> {
    const authorized = { ...headers, ...(await authorization(url)) };
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      send(url, { method, agent, headers: authorized }, resolve).on('error', reject).end(body);
    });
    const bytes = await buffer(reply);
    const status = reply.statusCode ?? 0;
    if (status < 200 || status >= 300) throw new ObjectRequestFailed(status);
    return bytes;
  }

  return {
    /** Writes an object that must not exist yet. @throws ObjectRequestFailed with 412 if it does */
    async insert(name: string, bytes: Buffer, metadata: ObjectMetadata): Promise<ObjectResource> {
      // Random, so that no image can contain it.
      const boundary = randomUUID();
      const body = multipart(boundary, metadata, bytes);
      const query = `uploadType=multipart&ifGenerationMatch=0&name=${encodeURIComponent(name)}`;
      const url = `${endpoint}/upload/storage/v1/${bucketPath}?${query}`;
      const headers = { 'content-type': `multipart/related; boundary=${boundary}`, 'content-length': body.length };
      return JSON.parse((await call('POST', url, headers, body)).toString()) as ObjectResource;
    },
    /** Removes an object. One that does not exist is fine. */
    async remove(name: string): Promise<void> {
      const url = `${endpoint}/storage/v1/${bucketPath}/${encodeURIComponent(name)}`;
      try {
        await call('DELETE', url, {});
      } catch (error) {
        if (!(error instanceof ObjectRequestFailed && error.code === 404)) throw error;
      }
    },
  };
}

/** RFC 2387: the metadata as JSON, then the bytes. */
function multipart(boundary: string, metadata: ObjectMetadata, bytes: Buffer): Buffer {
  const head =
    `--${boundary}\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(metadata)}\r\n` +
    `--${boundary}\r\ncontent-type: ${metadata.contentType}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--`)]);
}
