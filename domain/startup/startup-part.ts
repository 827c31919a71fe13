/** What the embedded stack prepares after page and API are up, in the order of need. */
export const STARTUP_PARTS = ['storage', 'temporal', 'worker', 'temporal_ui'] as const;
export type StartupPartName = (typeof STARTUP_PARTS)[number];

export const STARTUP_STATES = ['waiting', 'preparing', 'ready', 'unavailable'] as const;

export interface StartupPart {
  readonly part: StartupPartName;
  readonly state: (typeof STARTUP_STATES)[number];
  /** What is happening now, such as "Building temporal-server: 412 packages compiled". */
  readonly detail: string | null;
  /** ISO 8601; null while waiting. */
  readonly startedAt: string | null;
}

/** Label and purpose of each part, for terminal and page. */
export const STARTUP_TEXT: Readonly<Record<StartupPartName, { readonly label: string; readonly purpose: string }>> = {
  storage: { label: 'Image storage', purpose: 'stores uploads and finished images' },
  temporal: { label: 'Temporal server', purpose: 'runs every generation as a workflow' },
  worker: { label: 'Worker', purpose: 'generates the images' },
  temporal_ui: { label: 'Temporal UI', purpose: 'shows workflows to operators; nothing waits for it' },
};

/** Whether generations can run: the Temporal UI is not needed for that. */
export function canGenerate(parts: readonly StartupPart[]): boolean {
  return parts.every(({ part, state }) => part === 'temporal_ui' || state === 'ready');
}
