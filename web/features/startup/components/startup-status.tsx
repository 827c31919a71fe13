import { CircleAlert, CircleCheck, CircleDashed, Loader } from 'lucide-react';
import { STARTUP_TEXT, type StartupPart } from '#domain/startup/startup-part.ts';
import { useStartup } from '../api/use-startup.ts';

const SECOND_MS = 1_000;
const MINUTE_SECONDS = 60;

const ICONS = { waiting: CircleDashed, preparing: Loader, ready: CircleCheck, unavailable: CircleAlert } as const;
const STATE_LABELS = { waiting: 'waiting', preparing: 'in preparation', ready: 'ready', unavailable: 'not available' };

/** While the launcher prepares Temporal or the image storage: what is missing, how far it is and what it is for. */
export function StartupStatus() {
  const { data, dataUpdatedAt } = useStartup();
  if (data === undefined || data.canGenerate) return null;
  return (
    <section aria-labelledby="startup" className="mb-4 rounded-control border border-line bg-raised p-4 text-13">
      <h2 id="startup" className="text-14 font-medium">
        The engine is being prepared
      </h2>
      <p className="mt-1 text-ink-2">
        You can already request avatars: they are generated as soon as the engine is ready. Uploads and images follow
        with the image storage.
      </p>
      <ul className="mt-3 grid gap-2">
        {data.parts.map((part) => (
          <PartRow key={part.part} part={part} now={dataUpdatedAt} />
        ))}
      </ul>
    </section>
  );
}

function PartRow({ part, now }: { readonly part: StartupPart; readonly now: number }) {
  const { label, purpose } = STARTUP_TEXT[part.part];
  const Icon = ICONS[part.state];
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden size={16} strokeWidth={1.5} className="mt-0.5 shrink-0 text-ink-3" />
      <span className="min-w-0">
        <span className="font-medium">{label}</span> <span className="text-ink-3">{purpose}</span>
        <span className="num block text-ink-2">{progressOf(part, now)}</span>
      </span>
    </li>
  );
}

function progressOf({ state, detail, startedAt }: StartupPart, now: number): string {
  const text = detail ?? STATE_LABELS[state];
  return state === 'preparing' && startedAt !== null ? `${text} · ${elapsed(now - Date.parse(startedAt))}` : text;
}

function elapsed(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / SECOND_MS));
  if (seconds < MINUTE_SECONDS) return `${seconds} s`;
  return `${Math.floor(seconds / MINUTE_SECONDS)} min ${seconds % MINUTE_SECONDS} s`;
}
