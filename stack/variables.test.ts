import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { API_VARIABLES } from '#api/env.ts';
import { OUR_PREFIXES } from '#domain/configuration/misspelled-variables.ts';
import { VARIABLES } from '#domain/configuration/variables.ts';
import { PREPARE_VARIABLES } from '#ops/containers/env.ts';
import { WORKER_VARIABLES } from '#temporal/worker/env.ts';
import { WEB_VARIABLES } from '#web/env.ts';
import { STACK_VARIABLES } from './env.ts';
import { LAUNCHER_VARIABLES } from './launcher-env.ts';

/** Read by Temporal's own configuration. */
const TEMPORAL = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];

test('the list of variables names exactly what the processes read', () => {
  const read = [
    API_VARIABLES,
    WORKER_VARIABLES,
    WEB_VARIABLES,
    STACK_VARIABLES,
    LAUNCHER_VARIABLES,
    PREPARE_VARIABLES,
  ].flatMap((variables) => Object.keys(variables));
  expect(VARIABLES).toEqual([...new Set([...read, ...TEMPORAL])].toSorted());
});

test('the documentation names each prefix of ours', () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/configuration.md'), 'utf8');
  expect(OUR_PREFIXES.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
