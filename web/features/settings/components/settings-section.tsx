import type { ReactNode } from 'react';

interface SettingsSectionProps {
  readonly id: string;
  readonly title: string;
  /** One sentence about the setting. */
  readonly note?: string | undefined;
  readonly children: ReactNode;
}

/** One group of settings: title and note on the left, controls on the right. */
export function SettingsSection({ id, title, note, children }: SettingsSectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid gap-x-8 gap-y-4 border-t border-line py-6 md:grid-cols-[240px_minmax(0,1fr)]"
    >
      <div>
        <h2 id={`${id}-title`} className="text-14">
          {title}
        </h2>
        {note && <p className="mt-1 text-13 leading-body text-pretty text-ink-3">{note}</p>}
      </div>
      <div className="grid min-w-0 content-start gap-4">{children}</div>
    </section>
  );
}
