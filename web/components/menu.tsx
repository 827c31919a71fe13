import { Menu as Base } from '@base-ui/react/menu';
import { ChevronRight, type LucideIcon } from 'lucide-react';
import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { cx } from './class-names.ts';

export const MENU_ITEM =
  'flex min-h-(--control) cursor-pointer items-center gap-2 rounded-option px-3 outline-none data-highlighted:bg-hover data-disabled:cursor-not-allowed data-disabled:text-ink-3 pointer-coarse:min-h-11';

const POPUP =
  'float-in max-h-(--available-height) min-w-52 overflow-y-auto rounded-image bg-raised p-2 shadow-float outline-none';

interface MenuProps {
  /** The button element; its content is given as `label`. */
  readonly trigger: ReactElement;
  readonly label: ReactNode;
  readonly align?: 'start' | 'end';
  /** What gets the focus when it closes; the button by default. */
  readonly finalFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** A menu of actions. Its popup is rendered in the landmark of its button. */
export function Menu({ trigger, label, align = 'end', finalFocus, children }: MenuProps) {
  const container = useRef<HTMLSpanElement>(null);
  return (
    <span ref={container} className="contents">
      <Base.Root modal={false}>
        <Base.Trigger render={trigger}>{label}</Base.Trigger>
        <Base.Portal container={container}>
          <Base.Positioner sideOffset={6} align={align} collisionPadding={8} className="z-20">
            <Base.Popup className={POPUP} {...(finalFocus && { finalFocus })}>
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </span>
  );
}

type MenuChange = NonNullable<Base.Root.Props['onOpenChange']>;

interface AnchoredMenuProps {
  readonly label: string;
  /** The element that opened it; it gets the focus back. */
  readonly anchor: HTMLElement;
  /** It has closed. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** An open menu next to an element that is not its own: one menu for many elements. */
export function AnchoredMenu({ label, anchor, onClose, children }: AnchoredMenuProps) {
  const container = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(true);
  const pressed = useRef(false);
  useEffect(() => {
    const onPress = () => (pressed.current = true);
    addEventListener('pointerdown', onPress, true);
    return () => removeEventListener('pointerdown', onPress, true);
  }, []);
  const change: MenuChange = (shown, details) => {
    // The finger that opened it by staying is lifted: that is no press outside.
    if (details.reason === 'outside-press' && !pressed.current) return details.cancel();
    setOpen(shown);
  };
  return (
    <span ref={container} className="contents">
      <Base.Root open={open} onOpenChange={change} onOpenChangeComplete={(shown) => !shown && onClose()} modal={false}>
        <Base.Portal container={container}>
          <Base.Positioner anchor={anchor} sideOffset={6} align="end" collisionPadding={8} className="z-20">
            <Base.Popup aria-label={label} finalFocus={() => anchor} className={POPUP}>
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </span>
  );
}

interface SubmenuProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly children: ReactNode;
}

export function Submenu({ icon: Icon, label, children }: SubmenuProps) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={MENU_ITEM}>
        <Icon size={16} strokeWidth={1.5} aria-hidden="true" /> {label}
        <ChevronRight size={16} strokeWidth={1.5} aria-hidden="true" className="ml-auto rtl:-scale-x-100" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner collisionPadding={8} className="z-20">
          <Base.Popup className={POPUP}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}

interface MenuItemProps {
  readonly icon: LucideIcon;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  /** Shown in the color for deletion. */
  readonly destructive?: boolean;
  readonly children: ReactNode;
}

export function MenuItem({ icon: Icon, onClick, disabled = false, destructive = false, children }: MenuItemProps) {
  return (
    <Base.Item onClick={onClick} disabled={disabled} className={cx(MENU_ITEM, destructive && 'text-bad')}>
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" /> {children}
    </Base.Item>
  );
}

interface MenuLinkProps {
  readonly icon: LucideIcon;
  readonly to: string;
  readonly children: ReactNode;
}

export function MenuLink({ icon: Icon, to, children }: MenuLinkProps) {
  return (
    <Base.Item render={<Link to={to} />} className={MENU_ITEM}>
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" /> {children}
    </Base.Item>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-3 my-2 h-px bg-line" />;
}
