import { Search } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import { fits } from '#domain/text/characters.ts';
import { BlankState } from '#web/components/blank-state.tsx';
import { Button } from '#web/components/button.tsx';
import { CLEARABLE_CLASS, ClearSearch } from '#web/components/clear-search.tsx';
import { DataTable } from '#web/components/data-table.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { FIELD_CLASS } from '#web/components/field.tsx';
import { LengthNote } from '#web/components/length-note.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { RowsSkeleton } from '#web/components/rows-skeleton.tsx';
import { Timestamp } from '#web/components/timestamp.tsx';
import { formatCount } from '#web/format/count.ts';
import { type FoundAccount, useFoundAccounts } from '../api/use-found-accounts.ts';
import { LINK_CLASS } from './link-class.ts';

/** The API's limit, characters. */
const SEARCH_MAX_LENGTH = 100;

const COLUMNS = [
  { title: 'Account', cell: Name },
  { title: 'Tier', cell: ({ tier }: FoundAccount) => <span className="capitalize">{tier}</span> },
  { title: 'Available', number: true, cell: ({ available }: FoundAccount) => formatCount(available) },
  { title: 'Opened', wide: true, cell: ({ createdAt }: FoundAccount) => <Timestamp at={createdAt} /> },
];

interface AccountSearchProps {
  /** What is searched for; empty: nothing yet. */
  readonly q: string;
  readonly onSearch: (q: string) => void;
}

/** Finds accounts by name or sign-in. A form, because every search is recorded: not each keystroke is one. */
export function AccountSearch({ q, onSearch }: AccountSearchProps) {
  const id = useId();
  const [typed, setTyped] = useState(q);
  const query = useFoundAccounts(q);
  const found = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const field = useRef<HTMLInputElement>(null);
  const clear = () => {
    setTyped('');
    field.current?.focus();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (fits(typed, SEARCH_MAX_LENGTH)) onSearch(typed.trim());
  };
  return (
    <>
      <form noValidate role="search" onSubmit={send} className="grid max-w-xl gap-2">
        <label htmlFor={id} className="text-13 font-strong">
          Name or e-mail
        </label>
        <div className="flex gap-2">
          <div className="relative min-w-0 grow">
            <input
              ref={field}
              id={id}
              type="search"
              data-search=""
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              className={`${FIELD_CLASS} ${CLEARABLE_CLASS}`}
            />
            {typed !== '' && <ClearSearch onClear={clear} />}
          </div>
          <Button type="submit" size="large">
            <Search size={16} strokeWidth={1.5} aria-hidden="true" /> Search
          </Button>
        </div>
        <LengthNote text={typed} max={SEARCH_MAX_LENGTH} />
        <p className="text-13 text-ink-3">
          E-mail addresses are found only where they are what users sign in with. The studio stores no others.
        </p>
      </form>
      <div className="mt-4">
        {query.isLoading && <RowsSkeleton label="Searching accounts" />}
        {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && q !== '' && found.length === 0 && (
          <BlankState sentence="No account has this name or sign-in." />
        )}
        {found.length > 0 && q !== '' && (
          <DataTable caption="Accounts" columns={COLUMNS} rows={found} rowKey={({ id: accountId }) => accountId} />
        )}
        <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      </div>
    </>
  );
}

function Name({ id, displayName, blockedAt }: FoundAccount) {
  return (
    <Link to={`/admin/accounts/${id}`} className={`grid min-w-0 py-1 ${LINK_CLASS}`}>
      <bdi className="truncate">{displayName ?? 'No name'}</bdi>
      <span className="mono truncate text-12 text-ink-3 max-sm:max-w-[46vw]">{id}</span>
      {blockedAt !== null && <span className="text-12 text-bad">Blocked</span>}
    </Link>
  );
}
