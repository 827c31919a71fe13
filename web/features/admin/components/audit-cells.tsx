import { Link } from 'react-router';
import { cx } from '#web/components/class-names.ts';
import { counted } from '#web/format/count.ts';
import type { AuditedAct } from '../api/use-audit.ts';
import { ACT_LABELS } from '../labels.ts';
import { LINK_CLASS } from './link-class.ts';

const OUTCOME_LABELS: Readonly<Record<AuditedAct['outcome'], string>> = {
  done: 'done',
  refused: 'refused',
  failed: 'failed',
  unknown: 'outcome unknown',
};

/** The action, its target, and the recorded request and result. */
export function What(act: AuditedAct) {
  const details = [act.body, act.result].filter((part) => Object.keys(part).length > 0);
  return (
    <span className="grid min-w-0 justify-items-start">
      <span>{labelOf(act)}</span>
      {act.target && <Target act={act.act} target={act.target} />}
      {details.length > 0 && (
        <details className="text-12 text-ink-3">
          <summary className="cursor-pointer py-1 pointer-coarse:min-h-11 pointer-coarse:content-center">
            Details
          </summary>
          <pre className="mono max-w-[min(70vw,720px)] break-all whitespace-pre-wrap">
            {details.map((part) => JSON.stringify(part)).join('\n')}
          </pre>
        </details>
      )}
    </span>
  );
}

/** What a switch, a block or a tier was set to, and how much was granted; otherwise the label of the act. */
function labelOf({ act, body, result }: AuditedAct): string {
  const { paused, enabled, blocked, amount } = body;
  if (act === 'new_generations.set' && typeof paused === 'boolean')
    return paused ? 'Paused new generations' : 'Resumed new generations';
  if (act === 'provider.set' && typeof enabled === 'boolean')
    return enabled ? 'Enabled a provider' : 'Disabled a provider';
  if (act === 'account.block' && typeof blocked === 'boolean')
    return blocked ? 'Blocked an account' : 'Unblocked an account';
  if (act === 'account.grant' && typeof amount === 'number') return `Granted ${counted(amount, 'credit')}`;
  if (act === 'account.tier' && typeof result['from'] === 'string')
    return `Changed the tier from ${result['from']} to ${String(result['to'])}`;
  return ACT_LABELS[act];
}

function Target({ act, target }: { readonly act: AuditedAct['act']; readonly target: string }) {
  const to = targetPath(act, target);
  const label = <span className="mono block truncate text-12 text-ink-3 max-sm:max-w-[46vw]">{target}</span>;
  return to ? (
    <Link to={to} className={`py-1 ${LINK_CLASS}`}>
      {label}
    </Link>
  ) : (
    label
  );
}

function targetPath(act: AuditedAct['act'], target: string): string | undefined {
  if (act.startsWith('account.')) return `/admin/accounts/${target}`;
  return act === 'generation.diagnose' ? `/admin/generations/${target}` : undefined;
}

export function Who({ actorId }: AuditedAct) {
  return (
    <Link to={`/admin/accounts/${actorId}`} className={`mono text-12 ${LINK_CLASS}`} title={actorId}>
      {actorId.slice(-12)}
    </Link>
  );
}

export function Outcome({ outcome, status }: AuditedAct) {
  return (
    <span className={cx(outcome === 'failed' && 'text-bad', outcome === 'unknown' && 'text-warn')}>
      {OUTCOME_LABELS[outcome]}
      {outcome !== 'done' && status !== null && ` (${status})`}
    </span>
  );
}
