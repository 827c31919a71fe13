import { Link } from 'react-router';

/** The sign alone on the narrowest phones, which have no room for the name beside the balance. */
export function Brand() {
  return (
    <Link to="/projects" className="mr-3 flex min-h-11 items-center gap-2 font-strong whitespace-nowrap">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className="shrink-0">
        <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 1a7 7 0 0 0 0 14z" fill="currentColor" />
      </svg>
      <span className="max-[359px]:sr-only">Avatar Studio</span>
    </Link>
  );
}
