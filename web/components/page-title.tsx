import { useEffect } from 'react';

/** Names the page for the tab, the history and screen readers. */
export function PageTitle({ title }: { readonly title: string }) {
  useEffect(() => {
    document.title = `${title} · Avatar Studio`;
  }, [title]);
  return null;
}
