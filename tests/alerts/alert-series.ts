/** A series by its selector: a gauge's value, or how much a counter grows each minute. */
type Series = Readonly<Record<string, number | { readonly perMinute: number } | string>>;

interface AlertSeries {
  /** How long the series run before the alert is looked for; long enough for its windows and its `for`. */
  readonly minutes: number;
  readonly fires: Series;
  /** Differs from `fires` in what the alert is about. */
  readonly silent: Series;
}

const DAY = 24 * 60;
const grows = (perMinute: number) => ({ perMinute });
const requests = (failed: number): Series => ({
  'http_request_duration_seconds_count{status="500"}': grows(failed),
  'http_request_duration_seconds_count{status="200"}': grows(1_000),
});
const generations = (failed: number, code = 'internal'): Series => ({
  [`avatar_generations_total{outcome="failed",code="${code}"}`]: grows(failed),
  'avatar_generations_total{outcome="completed",code=""}': grows(1_000),
});
/** A histogram in which all observations are below or above a bound. */
const slow = (name: string, bound: number, labels: string, isSlow: boolean): Series => ({
  [`${name}_bucket{le="${bound}"${labels}}`]: grows(isSlow ? 0 : 60),
  [`${name}_bucket{le="60"${labels}}`]: grows(60),
  [`${name}_bucket{le="+Inf"${labels}}`]: grows(60),
});
const up = (job: string, ...values: number[]): Series =>
  Object.fromEntries(values.map((value, index) => [`up{job="${job}",instance="${index}"}`, value]));
const over = (minutes: number, name: string, firing: Series[string], silent: Series[string]): AlertSeries => ({
  minutes,
  fires: { [name]: firing },
  silent: { [name]: silent },
});

/** A gauge of a time that is still 0, as after a start. In promtool the time itself begins at 0. */
const NEVER = -2e9;
/** Nothing has been done since workers started: it fires at last, and is silent if they started `recently` before the end. */
const neverSince = (minutes: number, name: string, recently: number): AlertSeries =>
  over(minutes, name, NEVER, `_x${minutes - recently - 1} ${NEVER}x${recently}`);

/**
 * Series with which each alert fires, and with which it does not. `npm run long -- alerts` has promtool evaluate them.
 */
export const ALERT_SERIES: Readonly<Record<string, AlertSeries | readonly AlertSeries[]>> = {
  RequestsBurnFast: { minutes: 70, fires: requests(20), silent: requests(10) },
  RequestsBurnSlow: { minutes: 7 * 60, fires: requests(8), silent: requests(4) },
  RequestsBurnSteady: { minutes: 3 * DAY + 60, fires: requests(2), silent: requests(0.5) },
  GenerationsBurnFast: { minutes: 70, fires: generations(20), silent: generations(20, 'prompt_rejected') },
  GenerationsBurnSlow: { minutes: 7 * 60, fires: generations(8), silent: generations(4) },
  GenerationsBurnSteady: { minutes: 3 * DAY + 60, fires: generations(2), silent: generations(0.5) },
  GenerationsFail: { minutes: 30, fires: generations(200), silent: generations(50) },
  QueueStalled: {
    minutes: 30,
    fires: { 'avatar_queue_depth{priority="3"}': 2, 'avatar_generations_total{outcome="completed"}': 7 },
    silent: { 'avatar_queue_depth{priority="3"}': 2, 'avatar_generations_total{outcome="completed"}': grows(1) },
  },
  ApiErrors: { minutes: 20, fires: requests(100), silent: requests(10) },
  AdmissionSlow: {
    minutes: 30,
    fires: slow('avatar_api_admission_seconds', 1, '', true),
    silent: slow('avatar_api_admission_seconds', 1, '', false),
  },
  ApiDown: { minutes: 5, fires: up('api', 0, 0), silent: up('api', 0, 1) },
  WorkersDown: { minutes: 5, fires: up('worker', 0), silent: up('worker', 1) },
  TemporalDown: { minutes: 5, fires: up('temporal', 0), silent: up('temporal', 1) },
  LiveEventsDown: over(5, 'avatar_api_listener_up', 0, 1),
  ProviderFails: {
    minutes: 30,
    fires: {
      'avatar_provider_attempts_total{provider="fal",model="m",outcome="transient"}': grows(6),
      'avatar_provider_attempts_total{provider="fal",model="m",outcome="succeeded"}': grows(4),
    },
    silent: {
      'avatar_provider_attempts_total{provider="fal",model="m",outcome="moderated"}': grows(6),
      'avatar_provider_attempts_total{provider="fal",model="m",outcome="succeeded"}': grows(4),
    },
  },
  SomeApisDown: { minutes: 10, fires: up('api', 1, 0), silent: up('api', 1, 1) },
  SomeWorkersDown: {
    minutes: 60,
    fires: { ...up('worker', 1), 'up{job="worker",instance="1"}': '1x30 0x29' },
    silent: up('worker', 1, 1),
  },
  DatabaseUnavailable: {
    minutes: 5,
    fires: up('api', 1),
    silent: { ...up('api', 1), 'avatar_queue_depth{priority="3"}': 0 },
  },
  ConnectionsExhausted: {
    minutes: 10,
    fires: { 'avatar_database_connections{state="waiting"}': 9, 'avatar_database_connections{state="idle"}': 0 },
    silent: { 'avatar_database_connections{state="waiting"}': 9, 'avatar_database_connections{state="idle"}': 1 },
  },
  CircuitsOpen: over(20, 'avatar_open_circuits', '1x3 0x1 1x3 0x1 1x4 0x4', '1x4 0x14'),
  BudgetNearlySpent: over(10, 'avatar_provider_budget_spent_ratio{provider="fal"}', 0.95, 0.5),
  StorageGrows: over(DAY + 120, 'avatar_storage_bytes{tier="free"}', '20e9+5e6', '20e9+1e5'),
  DiskNearlyFull: {
    minutes: 20,
    fires: { 'node_filesystem_avail_bytes{mountpoint="/"}': 5, 'node_filesystem_size_bytes{mountpoint="/"}': 100 },
    silent: { 'node_filesystem_avail_bytes{mountpoint="/"}': 50, 'node_filesystem_size_bytes{mountpoint="/"}': 100 },
  },
  DiskFillsSoon: {
    minutes: 8 * 60,
    fires: {
      'node_filesystem_avail_bytes{mountpoint="/"}': '400e9-3e8',
      'node_filesystem_size_bytes{mountpoint="/"}': 1e12,
    },
    silent: {
      'node_filesystem_avail_bytes{mountpoint="/"}': '400e9-1e7',
      'node_filesystem_size_bytes{mountpoint="/"}': 1e12,
    },
  },
  BacklogOld: over(10, 'avatar_queue_oldest_seconds{priority="3"}', 700, 500),
  WorkflowTasksSlow: {
    minutes: 30,
    fires: slow('temporal_workflow_task_schedule_to_start_latency_seconds', 1, '', true),
    silent: slow('temporal_workflow_task_schedule_to_start_latency_seconds', 1, '', false),
  },
  ActivitiesSlowToStart: {
    minutes: 30,
    fires: slow('temporal_activity_schedule_to_start_latency_seconds', 10, ',task_queue="avatar-publish"', true),
    silent: slow('temporal_activity_schedule_to_start_latency_seconds', 10, ',task_queue="avatar-generate"', true),
  },
  WorkflowTasksFail: over(20, 'temporal_workflow_task_execution_failed_total', grows(1), 5),
  StarterCreditsFarmed: over(20, 'avatar_flagged_accounts{flag="starter_withheld"}', 21, 20),
  TopUpsUnusual: over(10, 'avatar_flagged_accounts{flag="topups"}', 1, 0),
  HourlyLimitsMet: over(40, 'avatar_flagged_accounts{flag="hourly_limit"}', 51, 50),
  LedgerViolated: over(30, 'avatar_ledger_audit_violations_total', grows(1), 3),
  LedgerNotAudited: [
    over(90, 'avatar_ledger_audit_last_success_timestamp_seconds', 60, '0+60'),
    neverSince(25, 'avatar_ledger_audit_last_success_timestamp_seconds', 15),
  ],
  LedgerAuditFails: over(70, 'avatar_ledger_audit_failures_total', grows(0.1), grows(0.01)),
  HoldTooOld: over(20, 'avatar_oldest_hold_age_seconds', 4_000, 1_000),
  ReconcilerRefuses: over(15, 'avatar_reconcile_refusals_total{reason="too_many_lost"}', grows(1), 4),
  ReconcilerPartFails: over(20, 'avatar_reconcile_failures_total{part="lost"}', grows(1), grows(0.1)),
  ReconcilerRowsFail: over(40, 'avatar_reconcile_row_failures_total{part="lost"}', grows(2), grows(0.1)),
  ImagesMissing: over(30, 'avatar_inventory_objects_total{finding="missing"}', grows(1), 2),
  BucketHasForeignObjects: over(30, 'avatar_inventory_objects_total{finding="foreign"}', grows(1), 2),
  BucketNotInventoried: [
    over(16 * DAY, 'avatar_inventory_last_success_timestamp_seconds', 60, '0+60'),
    neverSince(9 * DAY, 'avatar_inventory_last_success_timestamp_seconds', 7 * DAY),
  ],
  SigningCertificateExpires: over(10, 'avatar_api_signing_certificate_expiry_timestamp_seconds', 1_000_000, 2_000_000),
  ReconcilerSilent: [
    over(20, 'avatar_reconcile_last_success_timestamp_seconds', 60, '0+60'),
    neverSince(20, 'avatar_reconcile_last_success_timestamp_seconds', 2),
  ],
};

/** Rules are evaluated each minute, or each half an hour where days are looked at: promtool would take minutes. */
const evaluationMinutes = (minutes: number) => (minutes > DAY ? 30 : 1);

/** The tests of an alert, as promtool reads them. @param ruleFile with this alert alone */
export function promtoolTests(alert: string, ruleFile: string): object {
  const cases = [ALERT_SERIES[alert]!].flat();
  const longest = Math.max(...cases.map(({ minutes }) => minutes));
  return {
    rule_files: [ruleFile],
    evaluation_interval: `${evaluationMinutes(longest)}m`,
    tests: cases.flatMap(({ minutes, fires, silent }) => [
      promtoolTest(alert, minutes, fires, true),
      promtoolTest(alert, minutes, silent, false),
    ]),
  };
}

function promtoolTest(alert: string, minutes: number, series: Series, firing: boolean): object {
  return {
    name: `${alert} ${firing ? 'fires' : 'is silent'}`,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values: valuesOf(values, minutes) })),
    promql_expr_test: [
      {
        expr: `group(ALERTS{alertname="${alert}",alertstate="firing"})`,
        eval_time: `${minutes}m`,
        exp_samples: firing ? [{ labels: '{}', value: 1 }] : [],
      },
    ],
  };
}

/** In promtool's notation: `0+5x60`. Text that has its own lengths stays. */
function valuesOf(values: Series[string], minutes: number): string {
  if (typeof values === 'number') return `${values}x${minutes}`;
  if (typeof values === 'string') return values.includes('x') ? values : `${values}x${minutes}`;
  return `0+${values.perMinute}x${minutes}`;
}
