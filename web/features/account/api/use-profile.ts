import { useQuery } from '@tanstack/react-query';
import type { Profile } from '#contract/profile.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export function useProfile(): Profile | undefined {
  const http = useHttp();
  return useQuery({ queryKey: keys.profile, queryFn: ({ signal }) => http.get('/me', { signal }) }).data;
}
