import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, expect, it } from 'vitest';
import { useFocusReturn } from './use-focus-return.ts';

afterEach(cleanup);

function Page({ cards, page = 'one' }: { readonly cards: readonly string[]; readonly page?: string }) {
  const content = useRef<HTMLElement>(null);
  useFocusReturn(content);
  return (
    <>
      <button type="button">Menu</button>
      <main ref={content} tabIndex={-1}>
        <section key={page}>
          <h1>{page}</h1>
          <ul>
            {cards.map((card) => (
              <li key={card}>
                <input aria-label={`Select ${card}`} />
                <button type="button">Dismiss {card}</button>
              </li>
            ))}
          </ul>
        </section>
      </main>
    </>
  );
}
const focusOn = (name: string) => screen.getByRole('button', { name }).focus();
const focused = () => document.activeElement?.textContent;

it('the focus goes to the neighbor of a card that leaves, to the last one, and at last to the content', async () => {
  const { rerender } = render(<Page cards={['a', 'b', 'c']} />);
  focusOn('Dismiss b');
  rerender(<Page cards={['a', 'c']} />);
  await waitFor(() => expect(focused()).toBe('Dismiss c'));
  rerender(<Page cards={['a']} />);
  await waitFor(() => expect(focused()).toBe('Dismiss a'));
  rerender(<Page cards={[]} page="two" />);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('main')));
});

it('the focus stays where the user has moved it', async () => {
  const { rerender } = render(<Page cards={['a', 'b']} />);
  focusOn('Dismiss b');
  focusOn('Menu');
  rerender(<Page cards={['a']} />);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(focused()).toBe('Menu');
});
