import type { ReactNode } from 'react';

/** The grid of projects; its skeleton uses it too, so that the layout does not shift. */
export function ProjectGrid({ children }: { readonly children: ReactNode }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(280px,100%),1fr))] gap-x-6 gap-y-6 sm:gap-y-8">
      {children}
    </ul>
  );
}

const PLACEHOLDERS = ['a', 'b', 'c', 'd'];

export function ProjectGridSkeleton() {
  return (
    <div role="status" aria-label="Loading your projects">
      <ProjectGrid>
        {PLACEHOLDERS.map((key) => (
          <li key={key} aria-hidden="true">
            <span className="block aspect-4/3 rounded-image bg-sunken" />
            <span className="mt-3 block h-[19px] w-2/5 rounded-option bg-sunken" />
            <span className="mt-1 block h-4 w-3/5 rounded-option bg-sunken" />
          </li>
        ))}
      </ProjectGrid>
    </div>
  );
}
