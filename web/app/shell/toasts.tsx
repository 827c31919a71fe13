import type { CSSProperties } from 'react';
import { Toaster } from 'sonner';
import { useTheme } from '#web/hooks/use-theme.ts';

/** Above the phone's dock. */
const DOCK_PX = 76;
const LOOK = {
  '--normal-bg': 'var(--raised)',
  '--normal-border': 'var(--line)',
  '--normal-text': 'var(--ink)',
  '--border-radius': '12px',
  fontFamily: 'var(--font-sans)',
} as CSSProperties;

/** Short words about what happened elsewhere, in the studio's own look. */
export function Toasts() {
  const { theme } = useTheme();
  return <Toaster theme={theme} position="bottom-right" style={LOOK} mobileOffset={{ bottom: DOCK_PX }} />;
}
