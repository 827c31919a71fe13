interface FormToSend {
  readonly url: string;
  readonly form: FormData;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** Share sent, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** @throws the signal's reason when aborted, and a TypeError when there is no response, as fetch does */
export type SendForm = (request: FormToSend) => Promise<Response>;

/** Sends a form and reports the upload progress, which fetch can't. */
export const sendForm: SendForm = ({ url, form, headers, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    const abort = () => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    });
    request.addEventListener('load', () =>
      resolve(new Response(request.responseText, { status: request.status, headers: headersOf(request) })),
    );
    request.addEventListener('error', () => reject(new TypeError('No response')));
    request.addEventListener('abort', () => reject(signal.reason));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    if (signal.aborted) reject(signal.reason);
    else request.send(form);
  });

function headersOf(request: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const header of request.getAllResponseHeaders().trim().split(/\r?\n/u)) {
    const colon = header.indexOf(':');
    if (colon > 0) headers.append(header.slice(0, colon), header.slice(colon + 1).trim());
  }
  return headers;
}
