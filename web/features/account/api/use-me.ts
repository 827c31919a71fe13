import { useQuery } from '@tanstack/react-query';
import type { Profile } from '../../../../contract/me.ts';
import { useHttp } from '../../../http/http-context.ts';
import { keys } from '../../../query/keys.ts';

export function useProfile(): Profile | undefined {
  const http = useHttp();
  return useQuery({ queryKey: keys.profile, queryFn: ({ signal }) => http.get('/me', { signal }) }).data;
}
