import { QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { createQueryClient } from './query-client.ts';

const QUERY_KEY = ['list'];

/** A list that is on a page, and whose responses are sent by the test. */
function openList() {
  const client = createQueryClient();
  const responses: ((items: string[]) => void)[] = [];
  const queryFn = () => new Promise<string[]>((resolve) => void responses.push(resolve));
  const observer = new QueryObserver(client, { queryKey: QUERY_KEY, queryFn });
  const close = observer.subscribe(() => {});
  return { client, responses, shown: () => observer.getCurrentResult().data, close };
}

it('fetches a list again that changed while it was fetched for the first time', async () => {
  const { client, responses, shown, close } = openList();
  void client.invalidateQueries({ queryKey: QUERY_KEY });
  responses[0]!([]);
  await expect.poll(() => responses).toHaveLength(2);
  responses[1]!(['new']);
  await expect.poll(shown).toEqual(['new']);
  close();
});

it('fetches an unchanged list once', async () => {
  const { client, responses, shown, close } = openList();
  void client.invalidateQueries({ queryKey: ['another'] });
  responses[0]!(['only']);
  await expect.poll(shown).toEqual(['only']);
  expect([responses.length, client.isFetching()]).toEqual([1, 0]);
  close();
});
