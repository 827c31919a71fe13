import { useEffect } from 'react';

/** Sets the document title for the tab, the history, and screen readers. */
export function PageTitle({ title }: { readonly title: string }) {
  useEffect(() => {
    document.title = `${title} · Avatar Studio`;
  }, [title]);
  return null;
}
