import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allowPageTranslation } from './page-translation.ts';

beforeAll(() => allowPageTranslation());
afterEach(cleanup);

type Translate = (text: Text, font: HTMLElement, inner: HTMLElement) => void;

/** What translators do with a text node. */
const TRANSLATORS: Record<string, Translate> = {
  'replaces texts': (text, font, inner) => {
    inner.textContent = text.data;
    text.replaceWith(font);
  },
  'inserts elements and removes texts': (text, font, inner) => {
    inner.textContent = text.data;
    text.parentNode?.insertBefore(font, text);
    text.remove();
  },
  'moves texts into elements': (text, font, inner) => {
    text.replaceWith(font);
    inner.append(text);
  },
};

async function translate(root: Node, how: Translate): Promise<void> {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.parentNode?.nodeName !== 'FONT') texts.push(walker.currentNode as Text);
  }
  for (const text of texts) {
    const [font, inner] = [document.createElement('font'), document.createElement('font')];
    font.append(inner);
    how(text, font, inner);
  }
  await act(async () => {});
}

interface CardProps {
  readonly left: number;
  readonly note?: string | undefined;
  readonly last?: boolean;
}

/** Several texts next to each other, one that comes and goes, and elements that move. */
function Card({ left, note, last }: CardProps) {
  return (
    <div>
      {note}
      <b key="b">bold</b>
      {left} of {10 + left} credits {last ? null : 'left'}
      {last ? 'done' : <i>going</i>}
    </div>
  );
}

describe.each(Object.entries(TRANSLATORS))('a page whose translator %s', (_name, how) => {
  it('goes on changing its texts, and loses and gains them, without an error', async () => {
    const view = render(<Card left={9} note="first " />);
    const { container } = view;
    for (const props of [
      { left: 8, note: 'first ' },
      { left: 7 },
      { left: 6, note: 'second ' },
      { left: 5, last: true },
      { left: 4, note: 'third ' },
      { left: 4, note: 'third ', last: true },
    ]) {
      await translate(container, how);
      expect(container.querySelectorAll('font').length).toBeGreaterThan(0);
      view.rerender(<Card {...props} />);
      await act(async () => {});
      const { left, note = '', last } = props as CardProps;
      expect(container.textContent).toBe(`${note}bold${left} of ${10 + left} credits ${last ? 'done' : 'leftgoing'}`);
    }
    await translate(container, how);
    view.unmount();
    expect(container.textContent).toBe('');
  });

  it('can be translated and restored again and again', async () => {
    const view = render(<Card left={3} />);
    await translate(view.container, how);
    view.rerender(<Card left={2} />);
    await act(async () => {});
    await translate(view.container, how);
    view.rerender(<Card left={1} note="now " />);
    await act(async () => {});
    expect(view.container.textContent).toBe('now bold1 of 11 credits leftgoing');
  });
});

it('a node that another program has removed counts as removed', () => {
  const view = render(<Card left={3} note="x" />);
  view.container.querySelector('i')?.remove();
  view.rerender(<Card left={3} last />);
  expect(view.container.textContent).toBe('bold3 of 13 credits done');
});
