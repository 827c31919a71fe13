import { useMe } from '../api/use-me.ts';

/** Who is signed in, and what they may still do today. */
export function AccountSummary() {
  const me = useMe();
  return (
    <div className="px-3 py-2">
      <p className="font-strong">{me?.name ?? 'You'}</p>
      {me && (
        <p className="text-13 text-ink-3">
          {me.role === 'admin' ? 'Admin' : `${me.tier} tier`} ·{' '}
          <span className="num">{me.limits.dailyGenerationsLeft}</span> of{' '}
          <span className="num">{me.limits.dailyGenerations}</span> left today
        </p>
      )}
    </div>
  );
}
