/** One curve, or one value. */
interface Query {
  readonly expr: string;
  /** Grafana's template, such as `{{outcome}}`. */
  readonly legend?: string;
}

export interface Panel {
  readonly title: string;
  readonly description?: string;
  /** A single value instead of curves. */
  readonly stat?: true;
  /** Grafana's name of a unit; `short` by default. */
  readonly unit?: 's' | 'bytes' | 'percentunit' | 'currencyUSD';
  /** Parts of a whole, one upon the other. */
  readonly stacked?: true;
  readonly queries: readonly Query[];
}

export interface Dashboard {
  /** Also the file's name. */
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

const GRID_WIDTH = 24;
const DATASOURCE = { type: 'prometheus', uid: 'prometheus' };
const SCHEMA_VERSION = 41;

/** A panel with one curve for each value of a label. */
export function by(label: string, title: string, expr: string, options: Partial<Panel> = {}): Panel {
  return { title, ...options, queries: [{ expr, legend: `{{${label}}}` }] };
}

/** A single value. */
export function stat(title: string, expr: string, options: Partial<Panel> = {}): Panel {
  return { title, stat: true, ...options, queries: [{ expr }] };
}

/** Median, 95th and 99th percentile of a histogram, seconds. @param selector of the buckets, with its labels */
export function percentiles(title: string, selector: string, description?: string): Panel {
  const quantile = (share: number) => `histogram_quantile(${share}, sum by (le) (rate(${selector}[$__rate_interval])))`;
  const queries = [0.5, 0.95, 0.99].map((share) => ({ expr: quantile(share), legend: `p${share * 100}` }));
  return { title, unit: 's', queries, ...(description !== undefined && { description }) };
}

/** The 95th percentile of a histogram, seconds, for each value of a label. */
export function p95By(label: string, title: string, selector: string): Panel {
  const expr = `histogram_quantile(0.95, sum by (le, ${label}) (rate(${selector}[$__rate_interval])))`;
  return by(label, title, expr, { unit: 's' });
}

/** Grafana's JSON. Panels fill the rows in their sequence: six values or two graphs a row. */
export function dashboardJson({ uid, title, panels }: Dashboard): object {
  let [x, y, rowHeight] = [0, 0, 0];
  const placed = panels.map((panel, index) => {
    const [w, h] = panel.stat ? [4, 4] : [12, 8];
    if (x + w > GRID_WIDTH || (rowHeight !== 0 && h !== rowHeight)) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const gridPos = { x, y, w, h };
    [x, rowHeight] = [x + w, h];
    return panelJson(panel, index + 1, gridPos);
  });
  return {
    uid,
    title,
    tags: ['avatar-studio'],
    timezone: 'browser',
    schemaVersion: SCHEMA_VERSION,
    refresh: '15s',
    time: { from: 'now-1h', to: 'now' },
    templating: { list: [] },
    annotations: { list: [] },
    // The other dashboards, for the same period.
    links: [{ type: 'dashboards', tags: ['avatar-studio'], keepTime: true, title: 'Dashboards', asDropdown: true }],
    panels: placed,
  };
}

function panelJson({ title, description, stat: isStat, unit, stacked, queries }: Panel, id: number, gridPos: object) {
  return {
    id,
    type: isStat ? 'stat' : 'timeseries',
    title,
    ...(description !== undefined && { description }),
    datasource: DATASOURCE,
    gridPos,
    fieldConfig: {
      defaults: {
        unit: unit ?? 'short',
        min: 0,
        ...(stacked && { custom: { stacking: { mode: 'normal' }, fillOpacity: 30 } }),
      },
      overrides: [],
    },
    targets: queries.map(({ expr, legend = '' }, index) => ({
      refId: String.fromCodePoint('A'.codePointAt(0)! + index),
      expr,
      legendFormat: legend,
    })),
    ...(isStat && { options: { reduceOptions: { calcs: ['lastNotNull'] } } }),
  };
}
