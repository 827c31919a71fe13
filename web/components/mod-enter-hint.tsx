import { CornerDownLeft } from 'lucide-react';

/** The modifier key is ⌘ on Apple keyboards and Ctrl on all others. */
const isApple = /mac|iphone|ipad/iu.test(navigator.userAgent);
export const MOD_KEY = isApple ? '⌘' : 'Ctrl';

/** The shortcut of the primary action, in the notation of the user's keyboard. Hidden on touch devices. */
export function ModEnterHint() {
  return (
    <kbd aria-hidden="true" className="hidden items-center gap-0.5 text-current opacity-80 pointer-fine:sm:inline-flex">
      {MOD_KEY}
      <CornerDownLeft size={12} strokeWidth={1.5} />
    </kbd>
  );
}
