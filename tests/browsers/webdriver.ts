/** How W3C WebDriver writes a reference to an element. */
export const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

/** The commands of W3C WebDriver that the story needs, and their requests within a session. */
const COMMANDS = {
  Navigate: ['POST', 'url'],
  Refresh: ['POST', 'refresh'],
  'Set Window Rect': ['POST', 'window/rect'],
  'Execute Script': ['POST', 'execute/sync'],
  'Element Click': ['POST', 'element/{id}/click'],
  'Element Send Keys': ['POST', 'element/{id}/value'],
  'Take Screenshot': ['GET', 'screenshot'],
} as const satisfies Record<string, readonly ['GET' | 'POST', string]>;

type Command = keyof typeof COMMANDS;

/** A session of a browser that understands WebDriver's commands, in whatever form they reach it. */
export interface WebDriver {
  /** The browser's. */
  readonly version: string;
  /** @returns the command's value. @throws WebDriverError when the browser refuses */
  send(command: Command, parameters?: Record<string, unknown>): Promise<unknown>;
  /** Ends the session. */
  end(): Promise<void>;
}

/** A refusal by the browser. `code` is one of WebDriver's, such as `stale element reference`. */
export class WebDriverError extends Error {
  override readonly name = 'WebDriverError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** What a driver answers to a new session. */
export interface NewSession {
  readonly sessionId: string;
  readonly capabilities: { readonly browserVersion: string };
}

interface Answer {
  readonly value: unknown;
}

/** Starts a session at a driver that listens for HTTP. @param url the driver's address, without a slash at its end */
export async function openHttpSession(url: string, capabilities: Record<string, unknown>): Promise<WebDriver> {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/session${path}`, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    const { value } = (await response.json()) as Answer;
    if (response.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new WebDriverError(error, message);
  };
  const session = (await call('POST', '', { capabilities: { alwaysMatch: capabilities } })) as NewSession;
  const base = `/${session.sessionId}`;
  return {
    version: session.capabilities.browserVersion,
    async send(command, parameters = {}) {
      const [method, path] = COMMANDS[command];
      return call(method, `${base}/${path.replace('{id}', String(parameters['id']))}`, parameters);
    },
    async end() {
      await call('DELETE', base);
    },
  };
}
