import type { Profile } from '#contract/profile.ts';
import { formatCount } from '#web/format/count.ts';
import { SettingsSection } from './settings-section.tsx';

interface LimitsSectionProps {
  /** Undefined while loading. */
  readonly profile: Profile | undefined;
}

/** The limits of the user's tier, and how much of each is used. */
export function LimitsSection({ profile }: LimitsSectionProps) {
  const limits = profile?.limits;
  return (
    <SettingsSection id="limits" title="Limits" note={profile && `You are on the ${profile.tier} tier.`}>
      {limits ? (
        <dl className="text-13">
          <Limit term="Avatars today" most={limits.dailyGenerations} left={limits.dailyGenerationsLeft} />
          <Limit term="Avatars this hour" most={limits.hourlyGenerations} left={limits.hourlyGenerationsLeft} />
          <Limit
            term="In progress at once"
            most={limits.unfinishedGenerations}
            left={limits.unfinishedGenerationsLeft}
          />
          <Limit term="Uploads this minute" most={limits.uploadsPerMinute} left={limits.uploadsLeft} />
          <Limit term="Requests this minute" most={limits.requestsPerMinute} left={limits.requestsLeft} />
        </dl>
      ) : (
        <div role="status" aria-label="Loading your limits" className="h-[185px] rounded-control bg-sunken" />
      )}
    </SettingsSection>
  );
}

function Limit({ term, most, left }: { readonly term: string; readonly most: number; readonly left: number }) {
  const used = Math.max(0, most - left);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4 border-b border-line py-2 first:pt-0 sm:grid-cols-[180px_minmax(0,1fr)_auto]">
      <dt>{term}</dt>
      <dd aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-sunken max-sm:hidden">
        <span
          className="block h-full rounded-full bg-ink-2"
          style={{ width: `${most > 0 ? Math.min(100, (used / most) * 100) : 0}%` }}
        />
      </dd>
      <dd className="num whitespace-nowrap text-ink-2">
        {formatCount(used)} of {formatCount(most)}
      </dd>
    </div>
  );
}
