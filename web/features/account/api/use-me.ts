import { useQuery } from '@tanstack/react-query';
import type { Me } from '../../../../contract/me.ts';
import { useHttp } from '../../../http/http-context.ts';
import { keys } from '../../../query/keys.ts';

export function useMe(): Me | undefined {
  const http = useHttp();
  return useQuery({ queryKey: keys.me, queryFn: ({ signal }) => http.get('/me', { signal }) }).data;
}
