import { cx } from './class-names.ts';

/** `go` is the primary action in the accent color, at most one per page. */
type ButtonTone = 'go' | 'plain' | 'bare';

export interface ButtonVariant {
  readonly tone?: ButtonTone;
  readonly size?: 'normal' | 'small' | 'large';
  /** Square, for a single icon without text. */
  readonly icon?: boolean;
}

const BASE =
  'inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-control border whitespace-nowrap transition-[opacity,transform] duration-(--quick) ease-calm active:translate-y-px aria-disabled:cursor-not-allowed aria-disabled:active:translate-y-0 disabled:cursor-not-allowed';
const TONES = {
  go: 'border-accent bg-accent text-on-accent font-strong hover:bg-accent-hover hover:border-accent-hover aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-ink-2',
  plain: 'border-line bg-raised text-ink hover:bg-hover disabled:text-ink-3',
  bare: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink disabled:text-ink-3',
};
const SIZES = {
  small: 'h-(--control-small) px-2.5 text-13',
  normal: 'h-(--control) px-3',
  large: 'h-11 px-4',
};
const SQUARES = {
  small: 'h-(--control-small) w-(--control-small) text-13',
  normal: 'h-(--control) w-(--control)',
  large: 'h-11 w-11',
};

export function buttonClass({ tone = 'plain', size = 'normal', icon = false }: ButtonVariant, more?: string): string {
  return cx(BASE, TONES[tone], icon ? SQUARES[size] : SIZES[size], more);
}
