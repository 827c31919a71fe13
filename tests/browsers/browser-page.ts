import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { until } from '../support/until.ts';
import { ELEMENT_KEY, type WebDriver, WebDriverError } from './webdriver.ts';

/** What a reader sees or hears of an element. Exactly one of role, label and text. */
export interface Target {
  readonly role?: string;
  /** Accessible name, for a role. */
  readonly name?: string | RegExp;
  /** For a button that is pressed or not. */
  readonly pressed?: boolean;
  readonly label?: string;
  readonly text?: string | RegExp;
  /** Only elements that contain this text. */
  readonly containing?: string;
  /** Only elements in the first that this finds. */
  readonly within?: Target;
}

/** A page in a browser, as a user meets it: elements are awaited, and found by what is visible of them. */
export interface BrowserPage {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Waits until the target is there. */
  see(target: Target): Promise<void>;
  /** Waits until it is not. */
  miss(target: Target): Promise<void>;
  /** Waits until exactly so many are there. */
  count(target: Target, count: number): Promise<void>;
  /** Clicks in the middle of the first that is visible, once nothing covers it and it is enabled. */
  press(target: Target): Promise<void>;
  /** Types a text instead of what the field contains. */
  fill(target: Target, text: string): Promise<void>;
  /** Chooses a file of this path. */
  choose(target: Target, path: string): Promise<void>;
  /** Presses a key so many times while this element has the focus. */
  strike(target: Target, key: string, times: number): Promise<void>;
  /** Waits until this function body, run in the page, returns something truthy. */
  waitFor(what: string, script: string): Promise<void>;
  /** Runs a function body in the page. @returns its JSON value */
  evaluate<Value>(script: string): Promise<Value>;
  /** Makes the page's area so large, px. */
  resize(width: number, height: number): Promise<void>;
  screenshot(): Promise<Buffer>;
}

/** WebDriver's code for this key. */
export const ARROW_LEFT = '\uE012';
/** What a page in motion answers; a user would press again. */
const NOT_YET = new Set([
  'element click intercepted',
  'element not interactable',
  'no such element',
  'stale element reference',
  'move target out of bounds',
]);
/**
 * Whether an element is enabled, rests, and is what a click in its middle reaches; else it is scrolled to. WebKit's driver
 * scrolls no farther than the edge of the window, where the dock is on a phone, and both click where the element was.
 */
const CAN_BE_PRESSED = `
  const [element] = arguments;
  const { left, top, width, height } = element.getBoundingClientRect();
  const reached = document.elementFromPoint(left + width / 2, top + height / 2);
  const isReached = [element, ...(element.labels ?? [])].some((each) => each.contains(reached));
  if (!isReached) element.scrollIntoView({ block: 'center' });
  const place = left + ' ' + top;
  const rests = element.dataset.place === place;
  element.dataset.place = place;
  return isReached && rests && !element.matches(':disabled, [aria-disabled=true]');
`;
const STEP_LIMIT_MS = 60_000;

const LIBRARY = createRequire(import.meta.url)
  .resolve('@testing-library/dom')
  .replace(/index\.js$/u, '@testing-library/dom.umd.min.js');

export async function openPage(driver: WebDriver): Promise<BrowserPage> {
  const library = await readFile(LIBRARY, 'utf8');
  const run = async (script: string, args: unknown[]): Promise<unknown> =>
    driver.send('Execute Script', { script, args });
  /** A document that was loaded just now lacks the library. */
  const find = async (target: Target): Promise<string[]> => {
    const script = `if (!globalThis.TestingLibraryDom) return null; return (${findInPage.toString()})(arguments[0], globalThis.TestingLibraryDom);`;
    const search = () => run(script, [JSON.parse(JSON.stringify(target, writePattern))]);
    let found = await search();
    if (found === null) {
      await run(`${library}\n;return true;`, []);
      found = await search();
    }
    return (found as Record<string, string>[]).map((reference) => reference[ELEMENT_KEY] ?? '');
  };
  const patiently = async <Value>(what: string, attempt: () => Promise<Value>) => {
    let refusal: unknown;
    const probe = async () => {
      try {
        return await attempt();
      } catch (error) {
        refusal = error;
        if (error instanceof WebDriverError && (NOT_YET.has(error.code) || isLeaving(error))) return undefined;
        throw error;
      }
    };
    return until(probe, { timeoutMs: STEP_LIMIT_MS, what }).catch((error: unknown) => {
      throw new Error(String(error), { cause: refusal });
    });
  };
  const withFirst = (doing: string, target: Target, act: (id: string) => Promise<boolean | void>) =>
    patiently(`${doing} ${describeTarget(target)}`, async () => {
      const [id] = await find(target);
      if (id === undefined) return false;
      return (await act(id)) ?? true;
    });
  const count = (target: Target, expected: number) =>
    patiently(`${expected} times ${describeTarget(target)}`, async () => (await find(target)).length === expected);

  return {
    goto: async (url) => void (await driver.send('Navigate', { url })),
    reload: async () => void (await driver.send('Refresh')),
    see: async (target) =>
      void (await patiently(`seeing ${describeTarget(target)}`, async () => (await find(target)).length > 0)),
    miss: async (target) => void (await count(target, 0)),
    count: async (target, expected) => void (await count(target, expected)),
    press: async (target) =>
      void (await withFirst('pressing', target, async (id) => {
        if (!(await run(CAN_BE_PRESSED, [{ [ELEMENT_KEY]: id }]))) return false;
        await driver.send('Element Click', { id });
        return true;
      })),
    async fill(target, text) {
      await withFirst('filling', target, async (id) => {
        await run('arguments[0].focus(); arguments[0].select();', [{ [ELEMENT_KEY]: id }]);
        await driver.send('Element Send Keys', { id, text });
      });
      await withFirst('reading', target, async (id) => {
        const value = await run('return arguments[0].value', [{ [ELEMENT_KEY]: id }]);
        if (value !== text) throw new Error(`${describeTarget(target)} has the value ${JSON.stringify(value)}`);
      });
    },
    choose: async (target, path) =>
      void (await withFirst('choosing a file for', target, async (id) => {
        await driver.send('Element Send Keys', { id, text: path });
      })),
    async strike(target, key, times) {
      // Firefox's driver sends the keys of one command within one task, in which the page can't answer each.
      for (let struck = 0; struck < times; struck++) {
        await withFirst('typing in', target, async (id) => {
          await driver.send('Element Send Keys', { id, text: key });
        });
      }
    },
    waitFor: async (what, script) => void (await patiently(what, () => run(script, []))),
    evaluate: async <Value>(script: string) => (await run(script, [])) as Value,
    async resize(width, height) {
      await driver.send('Set Window Rect', { width, height });
      const frame = (await run('return [innerWidth, innerHeight]', [])) as [number, number];
      await driver.send('Set Window Rect', { width: 2 * width - frame[0], height: 2 * height - frame[1] });
    },
    screenshot: async () => Buffer.from((await driver.send('Take Screenshot')) as string, 'base64'),
  };
}

/** Whether a script was asked for while its document was being replaced. */
function isLeaving({ code, message }: WebDriverError): boolean {
  return code === 'javascript error' && /unload|navigat|inactive/iu.test(message);
}

function describeTarget(target: Target): string {
  return JSON.stringify(target, writePattern);
}

/** Patterns don't survive JSON. */
function writePattern(_key: string, value: unknown): unknown {
  return value instanceof RegExp ? { source: value.source, flags: value.flags } : value;
}

/** Runs in the page, so it must not use anything from around it. @returns visible elements in document order */
function findInPage(
  target: Target,
  { queryAllByRole, queryAllByLabelText, queryAllByText }: typeof import('@testing-library/dom'),
): HTMLElement[] {
  const asMatcher = (value: unknown): string | RegExp => {
    if (typeof value === 'string') return value;
    const { source, flags } = value as { source: string; flags: string };
    return new RegExp(source, flags);
  };
  const candidates = (root: HTMLElement, { role, name, pressed, label, text }: Target): HTMLElement[] => {
    if (role !== undefined) {
      return queryAllByRole(root, role, {
        ...(name !== undefined && { name: asMatcher(name) }),
        ...(pressed !== undefined && { pressed }),
      });
    }
    // A file input may be hidden behind its label.
    if (label !== undefined) return queryAllByLabelText(root, label);
    return queryAllByText(root, asMatcher(text)).filter((element) => element.checkVisibility());
  };
  const search = (each: Target): HTMLElement[] => {
    const root = each.within === undefined ? document.body : search(each.within)[0];
    if (root === undefined) return [];
    return candidates(root, each).filter((element) => element.textContent.includes(each.containing ?? ''));
  };
  return search(target);
}
