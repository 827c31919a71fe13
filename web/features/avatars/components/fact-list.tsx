import type { ReactNode } from 'react';
import { cx } from '#web/components/class-names.ts';
import { Swatch } from '#web/components/swatch.tsx';

export function FactList({ columns = false, children }: { readonly columns?: boolean; readonly children: ReactNode }) {
  return <dl className={cx('grid gap-x-8 gap-y-1.5 text-13', columns && 'xl:grid-cols-2')}>{children}</dl>;
}

interface FactProps {
  readonly term: string;
  readonly hex?: string | undefined;
  readonly children: ReactNode;
}

/** One term and its value; renders nothing without a value. */
export function Fact({ term, hex, children }: FactProps) {
  if (!children) return null;
  return (
    <div className="grid grid-cols-[88px_minmax(0,1fr)] gap-3">
      <dt className="text-ink-3">{term}</dt>
      <dd className="flex min-w-0 items-center gap-1.5">
        {hex && <Swatch hex={hex} />}
        <span dir="auto" className="block min-w-0 first-letter:uppercase">
          {children}
        </span>
      </dd>
    </div>
  );
}
