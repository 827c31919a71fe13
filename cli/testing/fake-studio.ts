import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { API_BASE } from '#contract/route.ts';
import type { Project } from '#contract/project.ts';
import { aGeneration, PROJECT_ID } from '#contract/testing/samples.ts';

/** The project that the command creates. */
export const PROJECT: Project = {
  id: PROJECT_ID,
  name: 'From the terminal',
  description: '',
  defaults: {},
  avatarCount: 0,
  covers: [],
  createdAt: aGeneration().createdAt,
  updatedAt: aGeneration().createdAt,
};

interface SeenRequest {
  readonly key: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** Responds to one request; may leave the response open, as an event stream does. */
export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** An HTTP server with prepared responses by `METHOD /path`, below the API's base path. */
export interface FakeStudio {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

export async function startFakeStudio(answers: Readonly<Record<string, Answer>>): Promise<FakeStudio> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => void respond(request, response));

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const path = (request.url ?? '').replace(API_BASE, '').split('?')[0];
    const key = `${request.method} ${path}`;
    const entry = { key, headers: request.headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    seen.push(entry);
    const answer = answers[key];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response, entry);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(status: number, body: unknown): Answer {
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Begins an event stream. */
export function startStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': connected\n\n');
}

export function sendEvent(response: ServerResponse, event: string, data: unknown): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
