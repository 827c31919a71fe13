import type { ComponentProps } from 'react';
import { Link, type LinkProps } from 'react-router';
import { type ButtonLook, buttonClass } from './button-style.ts';

export function Button({ tone, size, icon, className, ...props }: ComponentProps<'button'> & ButtonLook) {
  return (
    <button
      type="button"
      data-go={tone === 'go' || undefined}
      {...props}
      className={buttonClass(look(tone, size, icon), className)}
    />
  );
}

export function ButtonLink({ tone, size, icon, className, ...props }: LinkProps & ButtonLook) {
  return (
    <Link data-go={tone === 'go' || undefined} {...props} className={buttonClass(look(tone, size, icon), className)} />
  );
}

function look(tone: ButtonLook['tone'], size: ButtonLook['size'], icon: ButtonLook['icon']): ButtonLook {
  return { ...(tone && { tone }), ...(size && { size }), ...(icon && { icon }) };
}
