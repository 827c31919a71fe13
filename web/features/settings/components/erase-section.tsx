import { useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { SettingsSection } from './settings-section.tsx';

/** Erases the account. */
export function EraseSection({ onErased }: { readonly onErased: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <SettingsSection id="erase" title="Erase your account" note="Deletes everything except anonymous ledger entries.">
      <Button className="justify-self-start text-bad!" onClick={() => setOpen(true)}>
        Erase my account
      </Button>
      {open && <EraseDialog onClose={() => setOpen(false)} onErased={onErased} />}
    </SettingsSection>
  );
}
