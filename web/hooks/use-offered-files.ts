import { useEffect, useEffectEvent, useState } from 'react';

/** Inputs that take text. */
const TEXT_FIELD = 'textarea, input:not([type=range], [type=file], [type=checkbox], [type=radio], [type=button])';

/**
 * Files that are dropped or pasted anywhere on the page. Text that is pasted into a field is not one.
 *
 * @param enabled false while nothing may change: the browser then shows that it takes no files
 * @returns whether files are being dragged over the page
 */
export function useOfferedFiles(onFiles: (files: readonly File[]) => void, enabled = true): boolean {
  const [isOver, setIsOver] = useState(false);
  const offer = useEffectEvent((event: Event, files: readonly File[]) => {
    if (files.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    onFiles(files);
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const listeners = new AbortController();
    const { signal } = listeners;
    document.addEventListener('paste', (event) => offer(event, pastedFiles(event)), { signal });
    document.addEventListener(
      'dragover',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      },
      { signal },
    );
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && setIsOver(false), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        setIsOver(false);
        offer(event, [...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => {
      listeners.abort();
      setIsOver(false);
    };
  }, [enabled]);
  return isOver;
}

/** Keeps the browser from opening a file that is dropped where the page takes none: that would close the page. */
export function useRefuseStrayFiles(): void {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (!carriesFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
    };
    window.addEventListener('dragover', refuse);
    window.addEventListener('drop', refuse);
    return () => {
      window.removeEventListener('dragover', refuse);
      window.removeEventListener('drop', refuse);
    };
  }, []);
}

function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

/** The files of a paste, unless it is text for a field: spreadsheets and browsers add an image to copied text. */
function pastedFiles({ clipboardData, target }: ClipboardEvent): readonly File[] {
  const isTextField = target instanceof HTMLElement && (target.isContentEditable || target.matches(TEXT_FIELD));
  if (isTextField && clipboardData?.getData('text/plain')) return [];
  return [...(clipboardData?.files ?? [])];
}
