import { by, p95By, percentiles, stat, type Dashboard } from './panels.ts';

/** What a user notices, and whether the parts are there. */
const overview: Dashboard = {
  uid: 'overview',
  title: 'Avatar Studio: overview',
  panels: [
    stat('Avatars per minute', '60 * sum(rate(avatar_generations_total{outcome="completed"}[$__rate_interval]))'),
    stat(
      'Success rate',
      'sum(increase(avatar_generations_total{outcome="completed"}[1h])) / sum(increase(avatar_generations_total{outcome!="cancelled"}[1h]))',
      {
        unit: 'percentunit',
        description: 'Share of the generations that ended within the last hour; cancelled ones are excluded.',
      },
    ),
    stat('Queued generations', 'sum(max by (priority) (avatar_queue_depth))'),
    stat('Workers', 'sum(up{job="worker"})'),
    stat('Recommended workers', 'max(avatar_recommended_workers)', {
      description: 'By the forecast of this hour and the next.',
    }),
    stat('API processes', 'sum(up{job="api"})'),
    by(
      'outcome',
      'Generations per minute',
      '60 * sum by (outcome) (rate(avatar_generations_total[$__rate_interval]))',
      {
        stacked: true,
      },
    ),
    by(
      'status',
      'Requests per second',
      'sum by (status) (rate(http_request_duration_seconds_count[$__rate_interval]))',
      {
        stacked: true,
      },
    ),
    p95By('route', 'Requests by route, p95', 'http_request_duration_seconds_bucket{route!~".*/events"}'),
    percentiles(
      'Admission',
      'avatar_api_admission_seconds_bucket',
      'From storing the request until it is admitted or refused.',
    ),
    {
      title: 'Event streams',
      queries: [
        { expr: 'sum(avatar_api_event_streams)', legend: 'open' },
        { expr: 'sum(1 - avatar_api_listener_up)', legend: 'processes without LISTEN' },
        {
          expr: '60 * sum(rate(avatar_api_event_streams_dropped_total[$__rate_interval]))',
          legend: 'dropped a minute',
        },
      ],
    },
    by('instance', 'CPU, cores', 'sum by (instance) (rate(process_cpu_seconds_total[$__rate_interval]))'),
    by('instance', 'Memory', 'process_resident_memory_bytes', { unit: 'bytes' }),
    by('instance', 'Event loop lag, p99', 'nodejs_eventloop_lag_p99_seconds', { unit: 's' }),
  ],
};

const generations: Dashboard = {
  uid: 'generations',
  title: 'Avatar Studio: generations',
  panels: [
    by('priority', 'Queued by priority', 'max by (priority) (avatar_queue_depth)', { stacked: true }),
    by('priority', 'Oldest in queue by priority', 'max by (priority) (avatar_queue_oldest_seconds)', { unit: 's' }),
    by(
      'code',
      'Failures per minute by code',
      '60 * sum by (code) (rate(avatar_generations_total{outcome="failed"}[$__rate_interval]))',
      { stacked: true },
    ),
    by(
      'outcome',
      'Requests per minute by outcome of their admission',
      '60 * sum by (outcome) (rate(avatar_api_generation_starts_total[$__rate_interval]))',
      { stacked: true },
    ),
    by(
      'stage',
      'Time by stage, median',
      'histogram_quantile(0.5, sum by (le, stage) (rate(avatar_stage_duration_seconds_bucket[$__rate_interval])))',
      { unit: 's' },
    ),
    p95By('stage', 'Time by stage, p95', 'avatar_stage_duration_seconds_bucket'),
    {
      title: 'Credits held',
      queries: [{ expr: 'max(avatar_held_credits)', legend: 'credits' }],
    },
    {
      title: 'Age of the oldest hold',
      unit: 's',
      queries: [{ expr: 'max(avatar_oldest_hold_age_seconds)', legend: 'oldest' }],
    },
    by(
      'part',
      'Reconciler: failures per hour by part',
      'sum by (part) (increase(avatar_reconcile_failures_total[1h]) + increase(avatar_reconcile_row_failures_total[1h]))',
    ),
    {
      title: 'Violations found by audits of the ledger',
      queries: [{ expr: 'sum(increase(avatar_ledger_audit_violations_total[1h]))', legend: 'an hour' }],
    },
    by('outcome', 'Reported payments an hour by outcome', 'sum by (outcome) (increase(avatar_api_topups_total[1h]))'),
    {
      title: 'Credits posted for payments, an hour',
      queries: [{ expr: 'sum(increase(avatar_api_topup_credits_total[1h]))', legend: 'credits' }],
    },
    by('flag', 'Flagged accounts', 'max by (flag) (avatar_flagged_accounts)'),
  ],
};

const providers: Dashboard = {
  uid: 'providers',
  title: 'Avatar Studio: providers and cost',
  panels: [
    by(
      'outcome',
      'Attempts per minute by outcome',
      '60 * sum by (outcome) (rate(avatar_provider_attempts_total[$__rate_interval]))',
      { stacked: true },
    ),
    by(
      'model',
      'Attempts per minute by model',
      '60 * sum by (model) (rate(avatar_provider_attempts_total[$__rate_interval]))',
      { stacked: true },
    ),
    p95By('provider', 'Time of a delivery by provider, p95', 'avatar_provider_latency_seconds_bucket'),
    p95By('model', 'Time of a delivery by model, p95', 'avatar_provider_latency_seconds_bucket'),
    by(
      'provider',
      'Cost per hour by provider',
      '3600 * sum by (provider) (rate(avatar_provider_cost_usd_total[$__rate_interval]))',
      { unit: 'currencyUSD', stacked: true },
    ),
    by(
      'provider',
      'Cost of an image by provider',
      'sum by (provider) (increase(avatar_provider_cost_usd_total[1h])) / sum by (provider) (increase(avatar_provider_attempts_total{outcome="succeeded"}[1h]))',
      { unit: 'currencyUSD' },
    ),
    by(
      'provider',
      "Share of the day's budget that is spent",
      'max by (provider) (avatar_provider_budget_spent_ratio)',
      {
        unit: 'percentunit',
      },
    ),
    { title: 'Open circuit breakers', queries: [{ expr: 'max(avatar_open_circuits)', legend: 'models' }] },
    by('tier', 'Bytes in the bucket by tier', 'max by (tier) (avatar_storage_bytes)', { unit: 'bytes', stacked: true }),
    by('finding', 'Findings of inventories a day', 'sum by (finding) (increase(avatar_inventory_objects_total[1d]))'),
  ],
};

/** The SDK's metrics have the prefix `temporal_`; the server's have none. */
const temporal: Dashboard = {
  uid: 'temporal',
  title: 'Avatar Studio: Temporal',
  panels: [
    p95By(
      'task_queue',
      'Activities: schedule to start by queue, p95',
      'temporal_activity_schedule_to_start_latency_seconds_bucket',
    ),
    percentiles('Workflow tasks: schedule to start', 'temporal_workflow_task_schedule_to_start_latency_seconds_bucket'),
    p95By('activity_type', 'Activities: execution by type, p95', 'temporal_activity_execution_latency_seconds_bucket'),
    percentiles('Workflow tasks: execution', 'temporal_workflow_task_execution_latency_seconds_bucket'),
    {
      title: 'Slots of workers',
      queries: [
        { expr: 'sum by (worker_type) (temporal_worker_task_slots_used)', legend: '{{worker_type}} used' },
        { expr: 'sum by (worker_type) (temporal_worker_task_slots_available)', legend: '{{worker_type}} free' },
      ],
    },
    {
      title: 'Sticky cache',
      queries: [
        { expr: 'sum(temporal_sticky_cache_size)', legend: 'workflows' },
        { expr: '60 * sum(rate(temporal_sticky_cache_miss_total[$__rate_interval]))', legend: 'misses a minute' },
      ],
    },
    {
      title: 'Failures per minute',
      queries: [
        {
          expr: '60 * sum(rate(temporal_workflow_task_execution_failed_total[$__rate_interval]))',
          legend: 'workflow tasks',
        },
        {
          expr: '60 * sum by (activity_type) (rate(temporal_activity_execution_failed_total[$__rate_interval]))',
          legend: '{{activity_type}}',
        },
      ],
    },
    by('operation', "SDK's requests per second", 'sum by (operation) (rate(temporal_request_total[$__rate_interval]))'),
    p95By('operation', "Server's requests by operation, p95", 'service_latency_bucket'),
    by(
      'operation',
      "Server's errors per second",
      'sum by (operation) (rate(service_error_with_type[$__rate_interval]))',
    ),
    p95By('operation', "Server's reads and writes in its database, p95", 'persistence_latency_bucket'),
    by('action_type', 'Billable actions per second', 'sum by (action_type) (rate(action[$__rate_interval]))', {
      description: 'What Temporal Cloud would bill.',
      stacked: true,
    }),
  ],
};

const database: Dashboard = {
  uid: 'database',
  title: 'Avatar Studio: database',
  panels: [
    {
      title: 'Connections by state',
      stacked: true,
      queries: [{ expr: 'sum by (job, state) (avatar_database_connections)', legend: '{{job}} {{state}}' }],
    },
    by(
      'instance',
      'Requests that wait for a connection',
      'max by (instance) (avatar_database_connections{state="waiting"})',
    ),
    by('kind', 'Records deleted by age, a day', 'sum by (kind) (increase(avatar_expired_records_total[1d]))'),
    {
      title: 'Size',
      unit: 'bytes',
      queries: [{ expr: 'max(avatar_database_bytes)', legend: 'database' }],
    },
    by(
      'route',
      '5xx responses per minute by route',
      '60 * sum by (route) (rate(http_request_duration_seconds_count{status=~"5.."}[$__rate_interval]))',
    ),
    {
      title: 'Age of the last',
      unit: 's',
      queries: [
        { expr: 'time() - max(avatar_ledger_audit_last_success_timestamp_seconds > 0)', legend: 'audit of the ledger' },
        { expr: 'time() - max(avatar_reconcile_last_success_timestamp_seconds > 0)', legend: 'reconciliation' },
        {
          expr: 'time() - max by (kind) (avatar_expired_records_last_success_timestamp_seconds > 0)',
          legend: 'deletion by age of {{kind}}',
        },
        { expr: 'time() - max(avatar_inventory_last_success_timestamp_seconds > 0)', legend: 'inventory' },
      ],
    },
  ],
};

export const DASHBOARDS: readonly Dashboard[] = [overview, generations, providers, temporal, database];
