import type { QueryClient } from '@tanstack/react-query';

/**
 * Tells the user's other tabs when this one has changed something, and reads again what this one shows when another has: no tab goes
 * on showing what is gone.
 *
 * @param channel connects the tabs of one user
 * @returns a function that ends it
 */
export function shareChanges(
  client: QueryClient,
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>,
) {
  const unsubscribe = client.getMutationCache().subscribe((event) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; this reaches one origin only
    if (event.type === 'updated' && event.action.type === 'success') channel.postMessage('changed');
  });
  channel.addEventListener('message', () => void client.invalidateQueries());
  return () => {
    unsubscribe();
    channel.close();
  };
}
