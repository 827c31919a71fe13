import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

/** As browsers' own menus. */
const HOLD_MS = 500;
/** A finger that moves further scrolls. */
const SLACK_PX = 10;

/**
 * Calls back when a finger stays on an element, instead of the browser's menu and instead of the click that would follow.
 * @param onHold gets the element that the handlers are on
 */
export function useLongPress(onHold: (element: HTMLElement) => void) {
  const press = useRef<{ readonly x: number; readonly y: number; timer: ReturnType<typeof setTimeout> }>(undefined);
  const held = useRef(false);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      held.current = false;
      if (event.pointerType !== 'touch' || !event.isPrimary) return;
      const element = event.currentTarget;
      const timer = setTimeout(() => {
        // It may click an element inside, whose click is not the one to swallow.
        onHold(element);
        held.current = true;
      }, HOLD_MS);
      press.current = { x: event.clientX, y: event.clientY, timer };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > SLACK_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu: (event: MouseEvent) => {
      if (press.current || held.current) event.preventDefault();
    },
    onClickCapture: (event: MouseEvent) => {
      if (!held.current) return;
      held.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
