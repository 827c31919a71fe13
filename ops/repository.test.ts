import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly 'timeout-minutes'?: number; readonly steps: readonly { readonly run?: string }[] }>
  >;
}

/** A script of package.json, a file of this repository, or a program that the runner has. */
function isRunnable(command: string): boolean {
  const [, script] = /^npm run (\S+)/.exec(command) ?? [];
  if (script !== undefined) return Object.hasOwn(manifest.scripts, script);
  return command.startsWith('.') ? existsSync(join(ROOT, command)) : /^(npm ci|docker) /.test(command);
}

describe('the workflow of GitHub Actions', () => {
  const { permissions, jobs } = parse(read('.github/workflows/check.yml')) as Workflow;
  const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => (run ? [run] : [])));

  it('runs scripts and programs that exist', () => {
    expect(commands).toContain('.ci/run');
    expect(commands.filter((command) => !isRunnable(command))).toEqual([]);
  });

  it('may only read, and ends', () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });
});

describe('renovate.json', () => {
  const { packageRules } = JSON.parse(read('renovate.json')) as {
    readonly packageRules: readonly { readonly description: string; readonly matchPackageNames: readonly string[] }[];
  };

  it('names packages and images that are used, and says why', () => {
    const used = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const images = [...read('docker-compose.yml').matchAll(/image: ([\w./-]+):/g)].map(([, name = '']) => name);
    for (const { description, matchPackageNames } of packageRules) {
      expect(description.length).toBeGreaterThan(20);
      for (const name of matchPackageNames) {
        const found = [...used, ...images].some((one) =>
          name.endsWith('/*') ? one.startsWith(name.slice(0, -1)) : one === name,
        );
        expect([name, found]).toEqual([name, true]);
      }
    }
  });
});

describe('CHANGELOG.md', () => {
  it('has a section for what comes, then one for the version of package.json', () => {
    const sections = [...read('CHANGELOG.md').matchAll(/^## (\S+)/gm)].map(([, name]) => name);
    expect(sections.slice(0, 2)).toEqual(['Unreleased', manifest.version]);
  });
});

describe('docs/production.md', () => {
  it('names ports that processes listen on', () => {
    const [, table = ''] = /## Never exposed\n([^#]*)/.exec(read('docs/production.md')) ?? [];
    const ports = table.match(/\b\d{4}\b/g) ?? [];
    expect(ports.length).toBeGreaterThan(4);
    const compose = read('docker-compose.yml');
    for (const port of ports) expect([port, compose.includes(port)]).toEqual([port, true]);
  });
});

describe('the OpenTelemetry collector', () => {
  interface Collector {
    readonly service: { readonly pipelines: { readonly traces: Readonly<Record<string, readonly string[]>> } };
  }

  it('passes traces through parts that it has, to a service of compose', () => {
    const collector = parse(read('ops/otel/collector.yaml')) as Collector & Record<string, Record<string, unknown>>;
    for (const [kind, names] of Object.entries(collector.service.pipelines.traces)) {
      for (const name of names) expect(Object.keys(collector[kind] ?? {})).toContain(name);
    }
    const { endpoint } = collector['exporters']!['otlphttp'] as { endpoint: string };
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, unknown> };
    expect(Object.keys(services)).toContain(new URL(endpoint).hostname);
  });
});
