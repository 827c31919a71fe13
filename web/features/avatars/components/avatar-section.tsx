import type { ReactNode } from 'react';
import { cx } from '#web/components/class-names.ts';

interface AvatarSectionProps {
  readonly title: string;
  /** Actions on the section, or a count. */
  readonly aside?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A section of an avatar's page, under a hairline. */
export function AvatarSection({ title, aside, wide = false, children }: AvatarSectionProps) {
  return (
    <section aria-label={title} className={cx('min-w-0 border-t border-line pt-2', wide && 'xl:col-span-2')}>
      <div className="mb-1 flex min-h-11 items-center justify-between gap-3">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
