import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import type { Durations } from './check-durations.ts';

const DURATIONS = JSON.parse(readFileSync(new URL('durations.json', import.meta.url), 'utf8')) as Durations;

/**
 * Starts the files that take longest first, within their group: one that started last would run alone at the end. In a fresh clone
 * Vitest itself knows only how large the files are. Files that share a process come last and together, because Vitest ends a shared
 * process before a file of another project.
 */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const grouped = await super.sort(files);
    return grouped.toSorted(
      (a, b) => groupOf(a) - groupOf(b) || isolated(b) - isolated(a) || secondsOf(b) - secondsOf(a),
    );
  }
}

function groupOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function isolated({ project }: TestSpecification): number {
  return Number(project.config.isolate);
}

/** Files that were never measured come first. */
function secondsOf({ project, moduleId }: TestSpecification): number {
  return DURATIONS[relative(project.config.root, moduleId)] ?? Infinity;
}
