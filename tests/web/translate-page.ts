/** Runs in the page before its own scripts: does what Chrome's translation does to every text, now and later. */
export function translatePage(): void {
  const isTranslated = (text: Node) => text.parentNode?.nodeName === 'FONT';
  const translate = (root: Node) => {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      if (
        !text.parentNode ||
        isTranslated(text) ||
        text.data.trim() === '' ||
        text.parentElement?.closest('script, style')
      )
        continue;
      const [font, inner] = [document.createElement('font'), document.createElement('font')];
      inner.textContent = text.data;
      font.append(inner);
      text.replaceWith(font);
    }
  };
  document.addEventListener('DOMContentLoaded', () => {
    document.documentElement.lang = 'he';
    document.documentElement.dir = 'rtl';
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.isConnected) translate(node.parentNode ?? node);
    }).observe(document.body, { childList: true, subtree: true });
    translate(document.body);
  });
}
