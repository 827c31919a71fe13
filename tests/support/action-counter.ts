import { setTimeout as sleep } from 'node:timers/promises';

/** How often the server updates its counters. */
const PUBLISHED_EVERY_MS = 1_000;

/**
 * Counts the billable actions of a namespace so far, by action type, from the server's own counter. Waits until the
 * counter includes everything that happened before the call.
 */
export async function countActions(metricsUrl: string, namespace: string): Promise<Map<string, number>> {
  await sleep(2 * PUBLISHED_EVERY_MS);
  const text = await (await fetch(metricsUrl)).text();
  // The server replaces all other characters of a label with underscores.
  const label = `namespace="${namespace.replaceAll(/[^a-zA-Z0-9_]/g, '_')}"`;
  const actions = new Map<string, number>();
  for (const [, labels, value] of text.matchAll(/^action\{(.*)\} (\S+)$/gm)) {
    if (labels === undefined || !labels.includes(label)) continue;
    const type = /action_type="([^"]*)"/.exec(labels)?.[1] ?? 'unknown';
    actions.set(type, (actions.get(type) ?? 0) + Number(value));
  }
  return actions;
}
