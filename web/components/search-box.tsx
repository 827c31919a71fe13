import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { fits } from '#domain/text/characters.ts';
import { CLEARABLE_CLASS, ClearSearch } from './clear-search.tsx';
import { LengthNote } from './length-note.tsx';

/** The API's limit, characters. */
const SEARCH_MAX_LENGTH = 100;

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The search field of a page; the "/" key focuses it. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  // The URL updates a moment after the keystroke. A field bound to it alone would drop letters of a fast typist.
  const [typed, setTyped] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const text = typed ?? value;
  const clear = () => {
    field.current?.focus();
    setTyped('');
    onChange('');
  };
  return (
    <div className="relative block min-w-0 max-sm:grow sm:w-44 lg:w-56">
      <Search
        size={16}
        strokeWidth={1.5}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={field}
        type="search"
        data-search=""
        aria-label={label}
        placeholder={label}
        value={text}
        onFocus={() => setTyped(value)}
        onBlur={() => setTyped(undefined)}
        onChange={({ target }) => {
          setTyped(target.value);
          if (fits(target.value, SEARCH_MAX_LENGTH)) onChange(target.value);
        }}
        className={`h-(--control) w-full rounded-control border border-edge bg-raised pl-9 ${CLEARABLE_CLASS}`}
      />
      {text !== '' && <ClearSearch onClear={clear} />}
      <LengthNote text={text} max={SEARCH_MAX_LENGTH} />
    </div>
  );
}
