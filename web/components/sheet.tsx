import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useFocusReturn } from '../hooks/use-focus-return.ts';
import { buttonClass } from './button-style.ts';
import { cx } from './class-names.ts';

interface SheetProps {
  readonly title: string;
  /** Secondary text after the title. */
  readonly aside?: string | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** The first control of the content, not the close button in the header. */
const FIRST_CONTROL =
  'header ~ * :is(input:not([type=file]), textarea, select, a[href], button, [role=button][tabindex])';

/** A dialog; a full-height sheet on a phone. Escape, the scrim, and the close button close it, and the focus returns to where it was. */
export function Sheet({ title, aside, open, onClose, wide = false, initialFocus, children }: SheetProps) {
  const popup = useRef<HTMLDivElement>(null);
  // On a touch screen a focused field would open the keyboard over half of the sheet, so the sheet itself gets the focus.
  const focusFirst = () =>
    (matchMedia('(pointer: coarse)').matches
      ? popup.current
      : popup.current?.querySelector<HTMLElement>(FIRST_CONTROL)) ?? true;
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop data-scrim="" className="fade-in fixed inset-0 z-10 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 z-10 grid place-items-center md:p-6">
          <Dialog.Popup
            ref={popup}
            initialFocus={initialFocus ?? focusFirst}
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
            <FocusReturn within={popup} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Inside the dialog, because the dialog is there only after the sheet. */
function FocusReturn({ within }: { readonly within: RefObject<HTMLElement | null> }) {
  useFocusReturn(within);
  return null;
}
