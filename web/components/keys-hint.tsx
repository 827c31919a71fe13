/** Apple keyboards say ⌘, all others Ctrl. */
const isApple = /mac|iphone|ipad/iu.test(navigator.userAgent);

/** The shortcut that runs the main action, as the reader's keyboard prints it. Only where there is a keyboard to speak of. */
export function ModEnterHint() {
  return (
    <kbd aria-hidden="true" className="hidden text-current opacity-80 pointer-fine:sm:inline">
      {isApple ? '⌘⏎' : 'Ctrl ⏎'}
    </kbd>
  );
}
