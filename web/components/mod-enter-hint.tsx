import { CornerDownLeft } from 'lucide-react';

/** Apple keyboards say ⌘, all others Ctrl. */
const isApple = /mac|iphone|ipad/iu.test(navigator.userAgent);
export const MOD_KEY = isApple ? '⌘' : 'Ctrl';

/** The shortcut that runs the main action, as the reader's keyboard prints it. Only where there is a keyboard to speak of. */
export function ModEnterHint() {
  return (
    <kbd aria-hidden="true" className="hidden items-center gap-0.5 text-current opacity-80 pointer-fine:sm:inline-flex">
      {MOD_KEY}
      <CornerDownLeft size={12} strokeWidth={1.5} />
    </kbd>
  );
}
