import type { QueryClient } from '@tanstack/react-query';

/**
 * Calls back whenever a query or a mutation succeeded, which means that the server is reachable.
 *
 * @returns a function that unsubscribes
 */
export function onServerResponse(client: QueryClient, onResponse: () => void): () => void {
  const unsubscribes = [
    client.getQueryCache().subscribe((event) => {
      // `manual` marks data that the page wrote into the cache itself.
      if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual) onResponse();
    }),
    client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') onResponse();
    }),
  ];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}
