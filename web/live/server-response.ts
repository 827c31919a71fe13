import type { QueryClient } from '@tanstack/react-query';

/**
 * Calls back whenever the server answered a query or a mutation well: whoever waits for it to come back need wait no longer.
 *
 * @returns ends it
 */
export function onServerResponse(client: QueryClient, onHeard: () => void): () => void {
  const ends = [
    client.getQueryCache().subscribe((event) => {
      // `manual` is what we wrote into the cache ourselves.
      if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual) onHeard();
    }),
    client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') onHeard();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
