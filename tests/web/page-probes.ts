/** Runs in the page: the fields and texts of a dialog that its edge cuts off, and that would have to be scrolled sideways. */
export function widerThanTheDialog(dialog: Element): string[] {
  const edge = dialog.getBoundingClientRect().right;
  return [...dialog.querySelectorAll('textarea, p, mark')]
    .filter((element) => element.getBoundingClientRect().right > edge)
    .map((element) => `${element.tagName} ${element.getBoundingClientRect().width} px`);
}

/** Runs in the page: the bars that are over what has the focus, unless it is too high for the room between them. */
export function barsOverTheFocus(): string[] {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return [];
  const box = focused.getBoundingClientRect();
  const bars = [...document.querySelectorAll('header, nav')].filter((bar) =>
    /sticky|fixed/u.test(getComputedStyle(bar).position),
  );
  const room = window.innerHeight - bars.reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0);
  if (box.height > room) return [];
  return [box.top + 1, box.bottom - 1].flatMap((y) => {
    const reached = document.elementFromPoint((box.left + box.right) / 2, y);
    return bars
      .filter((bar) => bar.contains(reached) && !bar.contains(focused))
      .map((bar) => `${bar.tagName} over ${focused.getAttribute('aria-label') ?? focused.textContent?.slice(0, 40)}`);
  });
}

/** Runs in the page: records every animation with a duration. */
export function watchMotion(): void {
  const moved: string[] = [];
  Object.assign(globalThis, { moved });
  const check = () => {
    for (const animation of document.getAnimations()) {
      const { duration, iterations } = animation.effect?.getComputedTiming() ?? {};
      const target = (animation.effect as KeyframeEffect | null)?.target;
      if (Number(duration) > 1) moved.push(`${target?.tagName}.${target?.className}: ${duration} ms × ${iterations}`);
    }
    requestAnimationFrame(check);
  };
  requestAnimationFrame(check);
}

/**
 * Runs in the page: finds visible controls and headings beyond the screen's edge, except in containers that scroll sideways, such
 * as filters, and texts with an ellipsis.
 */
export function beyondTheEdge(): string[] {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const scrollsAside = (element: Element | null): boolean => {
    if (element === null || element === document.body) return false;
    const { overflowX, textOverflow } = getComputedStyle(element);
    const longer = element.scrollWidth > element.clientWidth;
    return (
      (longer && (/auto|scroll/u.test(overflowX) || textOverflow === 'ellipsis')) || scrollsAside(element.parentElement)
    );
  };
  const controls = [...document.querySelectorAll('a[href], button, input:not([type=file]), textarea, h1, h2, h3')]
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter(
      (element) => !element.closest('.sr-only, [data-base-ui-focus-guard]') && !scrollsAside(element.parentElement),
    )
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -1 || right > window.innerWidth + 1);
    })
    .map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)}`);
  return wide > 0 ? [`${wide} px too wide`, ...controls] : controls;
}
