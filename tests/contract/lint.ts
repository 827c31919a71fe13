import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createOpenApiDocument } from '#contract/openapi.ts';

const run = promisify(execFile);
/** Linting takes a third of a second; a busy machine needs several times that. */
const LINT_TIMEOUT_MS = 60_000;

export interface Finding {
  readonly ruleId: string;
  readonly severity: 'error' | 'warn';
  readonly message: string;
  readonly location: readonly { readonly pointer?: string }[];
}

/** Lints an OpenAPI document with Redocly's recommended rules. @returns all findings, warnings included */
export async function lintOpenApi(document: object = createOpenApiDocument()): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'avatar-studio-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(document, null, 1));
    const redocly = join(dirname(fileURLToPath(import.meta.resolve('@redocly/cli/package.json'))), 'bin/cli.js');
    const args = [redocly, 'lint', file, '--extends=recommended', '--format=json', '--max-problems=1000'];
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const { stdout } = await run(process.execPath, args, { env, cwd: folder, timeout: LINT_TIMEOUT_MS }).catch(
      // Redocly exits with 1 when it finds errors, and still prints its report.
      (error: { code?: unknown; stdout?: string }) => {
        if (error.code === 1 && error.stdout) return { stdout: error.stdout };
        throw error;
      },
    );
    return (JSON.parse(stdout) as { problems: Finding[] }).problems;
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const findings = await lintOpenApi();
  for (const { ruleId, severity, message, location } of findings) {
    console.error(`${severity} ${ruleId} ${location[0]?.pointer ?? ''}: ${message}`);
  }
  if (findings.length > 0) process.exitCode = 1;
}
