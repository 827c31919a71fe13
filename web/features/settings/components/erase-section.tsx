import { useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { SettingsSection } from './settings-section.tsx';

/** The way out, for good. */
export function EraseSection({ onErased }: { readonly onErased: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <SettingsSection id="erase" title="Erase your account" note="Nothing of yours is left but bookings without a name.">
      <Button className="justify-self-start text-bad!" onClick={() => setOpen(true)}>
        Erase my account
      </Button>
      {open && <EraseDialog onClose={() => setOpen(false)} onErased={onErased} />}
    </SettingsSection>
  );
}
