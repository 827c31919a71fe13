import { useEffect } from 'react';
import { isolated } from '#domain/text/isolated.ts';

/** Sets the document title for the tab, the history, and screen readers. */
export function PageTitle({ title }: { readonly title: string }) {
  useEffect(() => {
    document.title = `${isolated(title)} · Avatar Studio`;
  }, [title]);
  return null;
}
