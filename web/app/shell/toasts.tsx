import type { CSSProperties } from 'react';
import { Toaster } from 'sonner';
import { useTheme } from '#web/hooks/use-theme.ts';

/** Above the dock on a phone. */
const DOCK_PX = 76;
const TOAST_STYLE = {
  '--normal-bg': 'var(--raised)',
  '--normal-border': 'var(--line)',
  '--normal-text': 'var(--ink)',
  '--border-radius': '12px',
  fontFamily: 'var(--font-sans)',
} as CSSProperties;

/** Short messages, styled with the design tokens. */
export function Toasts() {
  const { theme } = useTheme();
  return <Toaster theme={theme} position="bottom-right" style={TOAST_STYLE} mobileOffset={{ bottom: DOCK_PX }} />;
}
