import { vi } from 'vitest';

/** One request as it arrived. */
export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

type Answer = Response | Error | ((requests: SentRequest) => Response | Promise<Response>);

/** A fetch that returns prepared responses in order; the last one repeats. */
export function fakeStudio(...answers: Answer[]) {
  const requests: SentRequest[] = [];
  const fetch = vi.fn<typeof globalThis.fetch>(async (url, init) => {
    const request: SentRequest = {
      method: init?.method ?? 'GET',
      url: new URL(String(url)),
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      signal: init?.signal ?? new AbortController().signal,
    };
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer(request) : (answer?.clone() ?? json({}));
  });
  return { requests, fetch, options: { baseUrl: 'http://studio.test/', token: 'secret', fetch } };
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status });
}

export function problem(
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): Response {
  const body = { type: '/docs', title: 'No', status, code, requestId: 'r-1', ...more };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

/** A stream that a test writes to; it breaks when the reader aborts. */
export function fakeStream() {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  const write = (text: string): void => controller.enqueue(new TextEncoder().encode(text));
  return {
    write,
    event: (name: string, data: unknown): void => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    end: (): void => controller.close(),
    cut: (): void => controller.error(new TypeError('terminated')),
    answer: ({ signal }: SentRequest): Response => {
      signal.addEventListener('abort', () => {
        try {
          controller.error(signal.reason);
        } catch {
          // Closed already.
        }
      });
      return new Response(body);
    },
  };
}
