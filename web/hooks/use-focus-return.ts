import { type RefObject, useEffect } from 'react';

/** Not fields: focusing one opens the keyboard of a phone. */
const CONTROL = 'a[href], button:not(:disabled)';
/** Dialogs and menus that close, and the gallery, return the focus themselves within this time, ms. */
const OTHERS_FIRST_MS = 50;

/** Where a focused element was: its ancestors within the content, the nearest first, and which of their children it was in. */
type Path = readonly { readonly parent: Element; readonly index: number }[];

/**
 * When the focused element leaves the page or the dialog, as a dismissed card or a page that one leaves, the focus goes to what has
 * come to its place: the next of a list, the last one, or else the content. Otherwise, the next Tab would begin at the top.
 */
export function useFocusReturn(content: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = content.current;
    if (!root) return undefined;
    let focused: Element | undefined;
    let path: Path = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onFocus = ({ target }: FocusEvent) => {
      focused = target instanceof Element ? target : undefined;
      path = focused ? pathTo(focused, root) : [];
    };
    const observer = new MutationObserver(() => {
      if (!focused || focused.isConnected || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        const isBehind = !root.closest('[role=dialog]') && document.querySelector('[data-scrim]') !== null;
        const isLost = document.activeElement === document.body && !isBehind;
        if (isLost && focused?.isConnected === false) (successor(path, root) ?? root).focus({ preventScroll: true });
      }, OTHERS_FIRST_MS);
    });
    root.addEventListener('focusin', onFocus);
    observer.observe(root, { childList: true, subtree: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      root.removeEventListener('focusin', onFocus);
    };
  }, [content]);
}

function pathTo(element: Element, root: Element): Path {
  const path = [];
  for (let child = element; child !== root && child.parentElement; child = child.parentElement) {
    path.push({ parent: child.parentElement, index: [...child.parentElement.children].indexOf(child) });
  }
  return path;
}

function successor(path: Path, root: Element): HTMLElement | undefined {
  const nearest = path.find(({ parent }) => parent.isConnected);
  if (!nearest || nearest.parent === root) return undefined;
  const { children } = nearest.parent;
  const child = children[Math.min(nearest.index, children.length - 1)];
  const control = child?.matches(CONTROL) ? child : child?.querySelector(CONTROL);
  return (control ?? nearest.parent.querySelector(CONTROL) ?? undefined) as HTMLElement | undefined;
}
