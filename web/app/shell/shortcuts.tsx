import { lazy, Suspense, useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { undoLatest } from '#web/components/undo-toast.ts';
import { useModShortcut, useShortcut } from '#web/hooks/use-shortcut.ts';
import { type Destination, destinationsFor } from './destinations.ts';

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }));
const ShortcutsHelp = lazy(async () => ({ default: (await import('./shortcuts-help.tsx')).ShortcutsHelp }));

/** The overlays available on every page. */
export type Overlay = 'palette' | 'help';

interface ShortcutsProps {
  readonly open: Overlay | undefined;
  readonly onOpen: (overlay: Overlay | undefined) => void;
}

/** The shortcuts available on every page. */
export function Shortcuts({ open, onOpen }: ShortcutsProps) {
  const admin = useProfile()?.role === 'admin';
  const destinations = destinationsFor(admin);
  const close = () => onOpen(undefined);
  useShortcut('?', () => onOpen('help'));
  useShortcut('/', () => document.querySelector<HTMLInputElement>('[data-search]')?.focus());
  useModShortcut('z', undoLatest);
  useModK(() => onOpen('palette'));
  return (
    <>
      {destinations.map((destination) => (
        <GoTo key={destination.to} destination={destination} />
      ))}
      <Suspense fallback={null}>
        {open === 'palette' && (
          <CommandPalette destinations={destinations} onHelp={() => onOpen('help')} onClose={close} />
        )}
        {open === 'help' && <ShortcutsHelp destinations={destinations} onClose={close} />}
      </Suspense>
    </>
  );
}

function GoTo({ destination: { to, keys } }: { readonly destination: Destination }) {
  const navigate = useNavigate();
  useShortcut(keys, () => void navigate(to));
  return null;
}

/** Calls back on ⌘K or Ctrl+K, also while the user types. */
function useModK(callback: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'k' || !(event.metaKey || event.ctrlKey) || event.repeat) return;
      event.preventDefault();
      callback();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
