import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { LengthNote } from './length-note.tsx';

it('counts characters as a reader does, near the limit, and says when a text is too long', () => {
  const { rerender, container } = render(<LengthNote text={'👨‍👩‍👧'.repeat(7)} max={10} />);
  expect(container.textContent).toBe('');
  rerender(<LengthNote text={`${'👨‍👩‍👧'.repeat(2)}abcdef`} max={10} />);
  expect(container.textContent).toBe('8 of 10 characters');
  rerender(<LengthNote text="abcdefghijk" max={10} />);
  expect(screen.getByRole('alert').textContent).toBe('11 of 10 characters: too long');
});
