import { WifiOff } from 'lucide-react';
import { useConnectionState } from '#web/live/live-events.tsx';

const LABELS = { connecting: '', live: '', reconnecting: 'Reconnecting', offline: 'Offline' } as const;

/** Says when the page may be out of date. */
export function ConnectionNote() {
  const label = LABELS[useConnectionState()];
  return (
    <span role="status" className="flex items-center gap-2 whitespace-nowrap text-13 text-ink-3">
      {label && (
        <>
          <WifiOff size={16} strokeWidth={1.5} aria-hidden="true" />
          <span className="arrive">{label}</span>
        </>
      )}
    </span>
  );
}
