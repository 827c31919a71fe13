interface FormToSend {
  readonly url: string;
  readonly form: FormData;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** How much of it is on its way, 0..1. */
  readonly onProgress: (share: number) => void;
}

/** @throws the signal's reason when it is given up, and a TypeError when no answer comes, as fetch does */
export type SendForm = (request: FormToSend) => Promise<Response>;

/** Sends a form and tells how far it is, which fetch can't. */
export const sendForm: SendForm = ({ url, form, headers, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    const giveUp = () => request.abort();
    signal.addEventListener('abort', giveUp, { once: true });
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    });
    request.addEventListener('load', () =>
      resolve(new Response(request.responseText, { status: request.status, headers: headersOf(request) })),
    );
    request.addEventListener('error', () => reject(new TypeError('No answer')));
    request.addEventListener('abort', () => reject(signal.reason));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', giveUp));
    if (signal.aborted) reject(signal.reason);
    else request.send(form);
  });

function headersOf(request: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split(/\r?\n/u)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
