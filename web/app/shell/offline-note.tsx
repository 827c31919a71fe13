import { useConnectionState } from '#web/live/live-events.tsx';

/** Says what to expect of a page without a connection: parts that are not loaded yet show nothing. The top bar announces the state. */
export function OfflineNote() {
  if (useConnectionState() !== 'offline') return null;
  return (
    <p className="mb-4 rounded-control bg-sunken p-3 text-13 text-pretty">
      There is no connection. What is open stays as it is, and the rest loads once it is back. Generations in progress
      continue.
    </p>
  );
}
