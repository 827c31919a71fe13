import { randomUUID } from 'node:crypto';

export interface MultipartUpload {
  readonly contentType: string;
  readonly body: Buffer<ArrayBuffer>;
}

/** The two parts of a `multipart/related` upload: what the object is, and its bytes. */
export function multipartUpload(metadata: object, contentType: string, bytes: Buffer): MultipartUpload {
  const boundary = randomUUID();
  const json = `--${boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(metadata)}\r\n`;
  const media = `--${boundary}\r\nContent-Type: ${contentType}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(json + media), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { contentType: `multipart/related; boundary=${boundary}`, body };
}
