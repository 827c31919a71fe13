import { useNavigate, useSearchParams } from 'react-router';
import { PageTitle } from '#web/components/page-title.tsx';
import { AccountSearch } from '#web/features/admin/components/account-search.tsx';
import { IdForm } from '#web/features/admin/components/id-form.tsx';

/** Finds an account by its user, or opens it by its id. */
export function AdminAccountsPage() {
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  return (
    <>
      <PageTitle title="Accounts" />
      <h2 className="mb-4 flex min-h-11 items-center text-16">Find an account</h2>
      <AccountSearch q={params.get('q') ?? ''} onSearch={(q) => setParams(q === '' ? {} : { q }, { replace: true })} />
      <h2 className="mt-8 mb-4 flex min-h-11 items-center text-16">Open an account</h2>
      <IdForm label="Account id" submit="Open" onSubmit={(id) => void navigate(`/admin/accounts/${id}`)} />
      <p className="mt-4 max-w-prose text-13 text-ink-3">
        Account ids are shown on images in review, on generations, and on flagged accounts in the statistics. Opening an
        account is recorded in the audit log.
      </p>
    </>
  );
}
