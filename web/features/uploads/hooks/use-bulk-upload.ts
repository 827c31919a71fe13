import { useEffect, useEffectEvent, useState } from 'react';
import { type SendOptions, useBulkRequests } from '../api/use-bulk-requests.ts';
import { BULK_UPLOAD_MAX, type BulkItem, bulkItem } from '../bulk-item.ts';

/**
 * A list of images to upload. They are checked one after another as soon as they are added, and sent one after another: the API decodes
 * one image of an account at a time. A refused one leaves the others as they are.
 */
export function useBulkUpload(projectId: string, files: readonly File[]) {
  const { check, send } = useBulkRequests(projectId);
  const [items, setItems] = useState(() => files.slice(0, BULK_UPLOAD_MAX).map(bulkItem));
  const [leftOut, setLeftOut] = useState(Math.max(0, files.length - BULK_UPLOAD_MAX));
  const [isSending, setIsSending] = useState(false);
  const [progress, setProgress] = useState({ id: '', share: 0 });
  const checking = items.find(({ status }) => status === 'waiting')?.id;
  const sending = isSending ? items.find(({ status }) => status === 'ready')?.id : undefined;

  const find = (id: string) => items.find((item) => item.id === id)!;
  const onCheck = useEffectEvent((id: string, signal: AbortSignal) => check(find(id), signal));
  const onSend = useEffectEvent(async (id: string, options: SendOptions) => {
    const isLast = items.filter(({ status }) => status === 'ready').length === 1;
    const { goesOn, change } = await send(find(id), options);
    return { goesOn: goesOn && !isLast, change };
  });
  useEffect(() => {
    if (checking === undefined) return undefined;
    const controller = new AbortController();
    onCheck(checking, controller.signal).then(
      (change) => controller.signal.aborted || setItems(changed(checking, change)),
      () => {}, // aborted
    );
    return () => controller.abort();
  }, [checking]);
  useEffect(() => {
    if (sending === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    let sent = 0;
    const onProgress = (share: number) => setProgress({ id: sending, share: (sent = share) });
    onSend(sending, { signal, onProgress }).then(
      ({ goesOn, change }) => {
        if (!signal.aborted) setItems(changed(sending, change));
        return signal.aborted || goesOn || setIsSending(false);
      },
      () => {}, // aborted
    );
    // One that the API has already is not taken back: its avatar appears in the gallery.
    return () => {
      if (sent < 1) controller.abort();
    };
  }, [sending]);

  return {
    items,
    /** Files beyond the maximum, which are not in the list. */
    leftOut,
    checking,
    sending,
    /** Of the image that is being sent, 0 to 1. */
    share: progress.id === sending ? progress.share : 0,
    add: (more: readonly File[]) => {
      const room = BULK_UPLOAD_MAX - items.length;
      setItems((before) => [...before, ...more.slice(0, room).map(bulkItem)]);
      setLeftOut(Math.max(0, more.length - room));
    },
    remove: (id: string) => {
      setItems((before) => before.filter((item) => item.id !== id));
      setLeftOut(0);
    },
    checkAgain: () =>
      setItems((before) =>
        before.map((item) => (item.status === 'unchecked' ? { ...item, status: 'waiting', note: undefined } : item)),
      ),
    start: () => setIsSending(true),
    stop: () => setIsSending(false),
  };
}

function changed(id: string, change: Partial<BulkItem>) {
  return (items: readonly BulkItem[]) => items.map((item) => (item.id === id ? { ...item, ...change } : item));
}
