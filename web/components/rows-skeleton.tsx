interface RowsSkeletonProps {
  /** What is loading, for screen readers. */
  readonly label: string;
}

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Placeholder for rows that are loading. */
export function RowsSkeleton({ label }: RowsSkeletonProps) {
  return (
    <div role="status" aria-label={label}>
      {PLACEHOLDERS.map((position) => (
        <div key={position} aria-hidden="true" className="flex h-[37px] items-center border-b border-line">
          <span className="h-4 w-2/5 rounded-option bg-sunken" />
          <span className="ml-auto h-4 w-12 rounded-option bg-sunken" />
        </div>
      ))}
    </div>
  );
}
