import { useMutation } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';

/** Downloads all of the user's data as a zip. */
export function useExportData() {
  const http = useHttp();
  return useMutation({ mutationFn: () => http.getFile('/me/export') });
}

/** Erases the account and all its data permanently. */
export function useEraseAccount() {
  const http = useHttp();
  return useMutation({ mutationFn: () => http.delete('/me') });
}
