import { BUCKETS } from '#domain/account/time-bucket.ts';
import { Segmented } from '#web/components/segmented.tsx';
import { DEFAULT_DAYS, RANGES, type UsageRange } from '../range.ts';

interface RangeBarProps {
  readonly range: UsageRange;
  /** Whether the user may see the usage of all accounts. */
  readonly mayChooseAccount: boolean;
  /** Undefined removes a parameter from the URL. */
  readonly onChange: (changes: Record<string, string | undefined>) => void;
}

const BUCKET_NAMES = { hour: 'Hour', day: 'Day', week: 'Week' } as const;
const ACCOUNTS = [
  { value: 'mine', label: 'Mine' },
  { value: 'all', label: 'Everyone' },
] as const;
const DATE = 'num h-(--control) min-w-0 rounded-control border border-edge bg-raised px-2 text-13';

/** Selects the days, the bucket size and the accounts. */
export function RangeBar({ range, mayChooseAccount, onChange }: RangeBarProps) {
  const pick = (days: Record<string, string>) =>
    onChange({ from: range.firstDay, to: range.lastDay, days: undefined, ...days });
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {mayChooseAccount && (
        <Segmented
          compact
          label="Accounts"
          options={ACCOUNTS}
          value={range.account}
          onChange={(account) => onChange({ account: account === 'all' ? account : undefined })}
        />
      )}
      <Segmented
        compact
        label="Period"
        options={RANGES.map((days) => ({ value: String(days), label: days === 365 ? '1 year' : `${days} d` }))}
        value={String(range.days ?? '')}
        onChange={(days) =>
          onChange({ days: days === String(DEFAULT_DAYS) ? undefined : days, from: undefined, to: undefined })
        }
      />
      <span className="flex min-w-0 items-center gap-1.5 text-13 text-ink-3">
        <input
          type="date"
          aria-label="First day"
          value={range.firstDay}
          max={range.lastDay}
          onChange={({ target }) => target.value && pick({ from: target.value })}
          className={DATE}
        />
        to
        <input
          type="date"
          aria-label="Last day"
          value={range.lastDay}
          min={range.firstDay}
          onChange={({ target }) => target.value && pick({ to: target.value })}
          className={DATE}
        />
      </span>
      <Segmented
        compact
        label="Bucket size"
        // All of them, so that the bar is as wide for every period.
        options={BUCKETS.map((value) => ({
          value,
          label: BUCKET_NAMES[value],
          disabled: !range.buckets.includes(value),
        }))}
        value={range.bucket}
        onChange={(bucket) => onChange({ bucket: bucket === range.defaultBucket ? undefined : bucket })}
      />
    </div>
  );
}
