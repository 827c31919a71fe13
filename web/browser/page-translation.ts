/** The element that stands in the place of a text. */
const replacements = new WeakMap<Node, Element>();

/**
 * Lets browsers translate the page. A translator puts texts into `<font>` elements, and takes React's text nodes out of the document
 * or moves them into those elements. React would then fail to remove or to place its nodes, and would write new numbers into texts
 * that nobody sees. So a text is put back into its place when React changes, moves or removes it; the translator then translates it
 * again. Called once, before React renders.
 */
export function allowPageTranslation(): void {
  const observer = new MutationObserver((records) => note(records, observer));
  const unwrap = (node: Node | null) => {
    note(observer.takeRecords(), observer);
    if (node instanceof Text) putBack(node);
  };
  const { removeChild, insertBefore, appendChild } = Node.prototype;
  Node.prototype.removeChild = function removeTranslated<Child extends Node>(this: Node, child: Child): Child {
    if (child.parentNode !== this) unwrap(child);
    // Another program than React may have moved or removed it: it is to be gone.
    return child.parentNode ? (removeChild.call(child.parentNode, child) as Child) : child;
  };
  Node.prototype.insertBefore = function insertTranslated<Child extends Node>(
    this: Node,
    node: Child,
    before: Node | null,
  ): Child {
    if ([this, node, before].some(isFont)) return insertBefore.call(this, node, before) as Child; // the translator's own
    unwrap(node);
    if (before && before.parentNode !== this) unwrap(before);
    return insertBefore.call(this, node, before?.parentNode === this ? before : null) as Child;
  };
  Node.prototype.appendChild = function appendTranslated<Child extends Node>(this: Node, node: Child): Child {
    if (!isFont(this)) unwrap(node);
    return appendChild.call(this, node) as Child;
  };
  observer.observe(document.documentElement, { childList: true, subtree: true });
}

/** Notes which element has replaced which text, and puts a text back that has changed since. */
function note(records: readonly MutationRecord[], observer: MutationObserver): void {
  const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes].filter(isFont)));
  for (const { type, target, removedNodes, addedNodes, previousSibling, nextSibling } of records) {
    if (type === 'characterData' && !target.isConnected) putBack(target);
    for (const text of removedNodes) {
      if (!(text instanceof Text) || text.isConnected) continue;
      const font = [...addedNodes, previousSibling, nextSibling].filter(isFont).find((node) => added.delete(node));
      if (!font?.isConnected) continue;
      replacements.set(text, font);
      observer.observe(text, { characterData: true });
    }
  }
}

function putBack(text: Node): void {
  if (!text.isConnected) replacements.get(text)?.replaceWith(text);
  replacements.delete(text);
  let outermost: Element | undefined;
  for (let parent = text.parentElement; isFont(parent); parent = parent.parentElement) outermost = parent;
  outermost?.replaceWith(text);
}

/** The page has none of its own. */
function isFont(node: Node | null): node is Element {
  return node?.nodeName === 'FONT';
}
