import { useQuery } from '@tanstack/react-query';
import type { Generation } from '#contract/generation.ts';
import type { ListOf } from '#contract/list.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';
import { RECENT_PROMPTS, recentPrompts } from '../recent-prompts.ts';

/** A batch repeats one prompt up to 50 times, so one page may hold few prompts. */
const PAGE_SIZE = 50;
const PAGES_MAX = 4;

/** The prompts that the user generated from most recently, newest first, in all projects. */
export function useRecentPrompts() {
  const http = useHttp();
  return useQuery({
    queryKey: keys.recentPrompts,
    queryFn: async ({ signal }) => {
      const read: (string | null)[] = [];
      let cursor: string | null = '';
      for (let page = 0; page < PAGES_MAX && cursor !== null; page += 1) {
        const list: ListOf<Generation> = await http.get('/generations', {
          query: pageQuery(PAGE_SIZE, cursor),
          signal,
        });
        read.push(...list.data.map(({ prompt }) => prompt));
        cursor = recentPrompts(read).length < RECENT_PROMPTS ? list.meta.nextCursor : null;
      }
      return recentPrompts(read);
    },
    staleTime: 0, // the prompt that was just used is among them
  });
}
