import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { buttonClass } from './button-style.ts';
import { cx } from './class-names.ts';

interface SheetProps {
  readonly title: string;
  /** Quiet words after the title. */
  readonly aside?: string | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** What one came for; not the cross, which stands first. */
const FIRST = 'header ~ * :is(input:not([type=file]), textarea, select, a[href], button, [role=button][tabindex])';

/** A dialog; on a phone a sheet of full height. Escape, the scrim and the cross close it, and focus goes back to where it was. */
export function Sheet({ title, aside, open, onClose, wide = false, initialFocus, children }: SheetProps) {
  const popup = useRef<HTMLDivElement>(null);
  // On a phone a field with the focus would raise the keyboard over half of the sheet: there it stays with the sheet itself.
  const onFirst = () =>
    (matchMedia('(pointer: coarse)').matches ? popup.current : popup.current?.querySelector<HTMLElement>(FIRST)) ??
    true;
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop data-scrim="" className="fade-in fixed inset-0 z-10 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 z-10 grid place-items-center md:p-6">
          <Dialog.Popup
            ref={popup}
            initialFocus={initialFocus ?? onFirst}
            className={cx(
              'float-in flex h-dvh w-full flex-col overflow-hidden bg-raised shadow-float outline-none md:h-auto md:max-h-[calc(100dvh-48px)] md:rounded-dialog',
              wide ? 'md:w-[min(1080px,100%)]' : 'md:w-[480px]',
            )}
          >
            <header className="flex shrink-0 items-center gap-2 border-b border-line py-3 pr-3 pl-4 md:pl-6">
              <Dialog.Title className="shrink-0 text-16">{title}</Dialog.Title>
              {aside && <p className="min-w-0 truncate text-13 text-ink-3">{aside}</p>}
              <Dialog.Close aria-label="Close" className={buttonClass({ tone: 'bare', icon: true }, 'ml-auto')}>
                <X size={20} strokeWidth={1.5} aria-hidden="true" />
              </Dialog.Close>
            </header>
            {children}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
