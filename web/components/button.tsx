import type { ComponentProps } from 'react';
import { Link, type LinkProps } from 'react-router';
import { type ButtonVariant, buttonClass } from './button-style.ts';

export function Button({ tone, size, icon, className, ...props }: ComponentProps<'button'> & ButtonVariant) {
  return (
    <button
      type="button"
      data-go={tone === 'go' || undefined}
      {...props}
      className={buttonClass(definedVariant(tone, size, icon), className)}
    />
  );
}

export function ButtonLink({ tone, size, icon, className, ...props }: LinkProps & ButtonVariant) {
  return (
    <Link
      data-go={tone === 'go' || undefined}
      {...props}
      className={buttonClass(definedVariant(tone, size, icon), className)}
    />
  );
}

function definedVariant(
  tone: ButtonVariant['tone'],
  size: ButtonVariant['size'],
  icon: ButtonVariant['icon'],
): ButtonVariant {
  return { ...(tone && { tone }), ...(size && { size }), ...(icon && { icon }) };
}
