import { useProfile } from '../api/use-profile.ts';

/** The signed-in user's name, tier and remaining generations today. */
export function AccountSummary() {
  const profile = useProfile();
  return (
    <div className="px-3 py-2">
      <p className="font-strong">{profile?.name ?? 'You'}</p>
      {profile && (
        <p className="text-13 text-ink-3">
          {profile.role === 'admin' ? 'Admin' : `${profile.tier} tier`} ·{' '}
          <span className="num">{profile.limits.dailyGenerationsLeft}</span> of{' '}
          <span className="num">{profile.limits.dailyGenerations}</span> left today
        </p>
      )}
    </div>
  );
}
