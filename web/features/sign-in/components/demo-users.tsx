import { ArrowRight } from 'lucide-react';
import type { SignInOptions } from '#contract/profile.ts';
import { capitalized } from '#domain/prompt/prompt-text.ts';
import { cx } from '#web/components/class-names.ts';

interface DemoUsersProps {
  readonly users: SignInOptions['demo'];
  readonly busyWith: string | undefined;
  readonly onPick: (user: string) => void;
}

/** The users of a demo studio. The first one is emphasized as the default choice. */
export function DemoUsers({ users, busyWith, onPick }: DemoUsersProps) {
  return (
    <div className="grid gap-3">
      <p className="text-13 text-ink-3">Choose any of these demo accounts to try the studio; none needs a password.</p>
      <ul className="grid gap-2">
        {users.map(({ user, tier, role }, index) => (
          <li key={user}>
            <button
              type="button"
              disabled={busyWith !== undefined}
              onClick={() => onPick(user)}
              className={cx(
                'flex min-h-14 w-full items-center gap-3 rounded-control border px-4 text-left active:translate-y-px',
                index === 0
                  ? 'border-accent bg-accent text-on-accent hover:bg-accent-hover'
                  : 'border-line bg-raised hover:bg-hover',
              )}
            >
              <span className="grow">
                <span className="block font-strong">{busyWith === user ? 'Signing in' : capitalized(user)}</span>
                <span className={cx('block text-13', index === 0 ? 'text-on-accent' : 'text-ink-3')}>
                  {role === 'admin' ? 'Studio admin' : `${capitalized(tier)} tier`}
                </span>
              </span>
              <ArrowRight size={16} strokeWidth={1.5} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
