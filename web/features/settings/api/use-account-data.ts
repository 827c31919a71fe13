import { useMutation } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';

/** Everything that is mine, as the bytes of a zip. */
export function useExportData() {
  const http = useHttp();
  return useMutation({ mutationFn: () => http.getFile('/me/export') });
}

/** Erases me and everything that is mine; there is no way back. */
export function useEraseAccount() {
  const http = useHttp();
  return useMutation({ mutationFn: () => http.delete('/me') });
}
