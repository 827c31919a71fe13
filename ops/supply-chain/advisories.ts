import { execFile } from 'node:child_process';
import { z } from 'zod';
import { runCommand } from '#process/run-command.ts';

const TIMEOUT_MS = 60_000;
const OUTPUT_MAX_BYTES = 20_000_000;

const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string(), isDirect: z.boolean() })),
});

/**
 * Reads what `npm audit --json` printed.
 * @returns a sentence each; undefined when the registry answered no advisories
 */
export function readAdvisories(output: string): string[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    return undefined;
  }
  const parsed = report.safeParse(json);
  if (!parsed.success) return undefined;
  return Object.entries(parsed.data.vulnerabilities).map(
    ([name, { severity, range, isDirect }]) =>
      `${name} ${range}: ${severity}${isDirect ? ', a direct dependency' : ''}`,
  );
}

if (import.meta.main) {
  await runCommand(async () => {
    const options = { timeout: TIMEOUT_MS, maxBuffer: OUTPUT_MAX_BYTES };
    // It ends with 1 when there are advisories, and when the registry has none to give.
    const output = await new Promise<string>((resolve) => {
      execFile('npm', ['audit', '--json', '--omit=dev'], options, (_error, stdout) => resolve(stdout));
    });
    const advisories = readAdvisories(output);
    if (advisories === undefined) {
      console.log(
        'The package registry answers no questions about advisories. Ask another one: npm audit --registry=<URL>',
      );
      return;
    }
    for (const advisory of advisories) console.error(advisory);
    if (advisories.length > 0) throw new Error(`${advisories.length} packages have advisories`);
    console.log('No advisories');
  });
}
