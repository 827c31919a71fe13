import type { LucideIcon } from 'lucide-react';

/** What can be done with the selection. */
export interface SelectionAction {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly onAct: () => void;
  readonly disabled?: boolean;
  /** Also on the Delete key. */
  readonly onDeleteKey?: true;
}
