import { writeFile } from 'node:fs/promises';
import { DASHBOARDS } from './dashboards.ts';
import { dashboardJson } from './panels.ts';

/** `npm run dashboards`: writes what Grafana loads. */
for (const dashboard of DASHBOARDS) {
  const file = new URL(`dashboards/${dashboard.uid}.json`, import.meta.url);
  await writeFile(file, JSON.stringify(dashboardJson(dashboard)));
}
