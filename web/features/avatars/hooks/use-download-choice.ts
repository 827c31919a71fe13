import { useSyncExternalStore } from 'react';
import { browserStorage } from '#web/browser/storage.ts';
import { type DownloadChoice, downloadChoiceOf } from '../download-choices.ts';

const KEY = 'download';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function chooseDownload({ id }: DownloadChoice): void {
  browserStorage.setItem(KEY, id);
  for (const listener of listeners) listener();
}

/** How this browser's user downloaded an image last. */
export function useDownloadChoice(): DownloadChoice {
  return downloadChoiceOf(useSyncExternalStore(subscribe, () => browserStorage.getItem(KEY)));
}
