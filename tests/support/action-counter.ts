import { setTimeout as sleep } from 'node:timers/promises';

/** The server publishes its counters once a second. */
const PUBLISHED_EVERY_MS = 1_000;

/**
 * What Temporal would have billed so far in a namespace, by type of action, from the server's own counter. Waits until
 * all that happened before the call is published.
 */
export async function countActions(metricsUrl: string, namespace: string): Promise<Map<string, number>> {
  await sleep(2 * PUBLISHED_EVERY_MS);
  const text = await (await fetch(metricsUrl)).text();
  // In labels the server writes every other character as an underscore.
  const label = `namespace="${namespace.replaceAll(/[^a-zA-Z0-9_]/g, '_')}"`;
  const actions = new Map<string, number>();
  for (const [, labels, value] of text.matchAll(/^action\{(.*)\} (\S+)$/gm)) {
    if (labels === undefined || !labels.includes(label)) continue;
    const type = /action_type="([^"]*)"/.exec(labels)?.[1] ?? 'unknown';
    actions.set(type, (actions.get(type) ?? 0) + Number(value));
  }
  return actions;
}
