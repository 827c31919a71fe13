import { Ellipsis } from 'lucide-react';
import { Button } from '#web/components/button.tsx';
import { Menu, MenuItem } from '#web/components/menu.tsx';
import type { SelectionAction } from '../selection-action.ts';

interface MoreActionsProps {
  readonly actions: readonly SelectionAction[];
  readonly disabled: boolean;
}

/** The bulk actions that have no room in the selection bar. Loaded when something is selected. */
export default function MoreActions({ actions, disabled }: MoreActionsProps) {
  return (
    <Menu
      trigger={<Button tone="bare" aria-label="More actions" disabled={disabled} />}
      label={
        <>
          <Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:hidden">More</span>
        </>
      }
    >
      {actions.map(({ name, icon, onAct, disabled: off = false }) => (
        <MenuItem key={name} icon={icon} onClick={onAct} disabled={off}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
