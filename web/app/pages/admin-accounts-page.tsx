import { useNavigate } from 'react-router';
import { PageTitle } from '#web/components/page-title.tsx';
import { IdForm } from '#web/features/admin/components/id-form.tsx';

/** The way to somebody's account. People have no names here: only ids. */
export function AdminAccountsPage() {
  const navigate = useNavigate();
  return (
    <>
      <PageTitle title="Accounts" />
      <h2 className="mb-4 flex min-h-11 items-center text-16">Open an account</h2>
      <IdForm label="Account id" submit="Open" onSubmit={(id) => void navigate(`/admin/accounts/${id}`)} />
      <p className="mt-4 max-w-prose text-13 text-ink-3">
        The id of an account stands with each image in doubt, each generation, and each account that stands out in the
        numbers. That you opened it is written to the audit.
      </p>
    </>
  );
}
