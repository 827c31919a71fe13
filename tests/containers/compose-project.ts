import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url));
/** The reference implementation of the Compose specification, which `docker compose` itself uses to read its files. */
const COMPOSE_GO = 'github.com/compose-spec/compose-go/v2/cmd@v2.16.2';
/** The first compilation takes half a minute of CPU. */
export const LOAD_TIMEOUT_MS = 300_000;
const OUTPUT_MAX_BYTES = 10_000_000;

/** `512m` or `1g`, in MiB. */
const memoryMb = z
  .string()
  .regex(/^\d+[mg]$/)
  .transform((text) => Number.parseInt(text) * (text.endsWith('g') ? 1024 : 1));

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).nullish(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  ports: z.array(z.object({ host_ip: z.string().optional(), published: z.string(), target: z.number() })).default([]),
  volumes: z.array(z.object({ type: z.string(), source: z.string(), target: z.string() })).default([]),
  networks: z.record(z.string(), z.object({ ipv4_address: z.string().optional() }).nullable()).default({}),
  restart: z.string().optional(),
  mem_limit: memoryMb.optional(),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }).optional(),
  build: z.unknown().optional(),
  container_name: z.string().optional(),
  read_only: z.boolean().default(false),
  init: z.boolean().default(false),
  secrets: z.array(z.object({ source: z.string() })).default([]),
  cap_drop: z.array(z.string()).default([]),
});
export type ComposeService = z.infer<typeof service>;

const project = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.object({ file: z.string() })).default({}),
});
export type ComposeProject = z.infer<typeof project>;

/**
 * Loads docker-compose.yml with Compose's own parser, validated against the specification's schema.
 *
 * @param env variables that a user has set in the shell or in .env
 * @throws Error with Compose's own message when the file is invalid
 */
export async function loadComposeProject(env: Readonly<Record<string, string>> = {}): Promise<ComposeProject> {
  const text = await readFile(join(PROJECT_DIR, 'docker-compose.yml'), 'utf8');
  // This command fills in defaults only, so the user's variables are substituted first.
  const configured = text.replaceAll(/\$\{(\w+):-[^}]*\}/g, (whole, name: string) => env[name] ?? whole);
  const running = run('go', ['run', COMPOSE_GO, '-format', 'json', '-'], {
    cwd: PROJECT_DIR,
    timeout: LOAD_TIMEOUT_MS,
    maxBuffer: OUTPUT_MAX_BYTES,
  });
  running.child.stdin?.end(configured);
  return project.parse(JSON.parse((await running).stdout));
}

export function serviceOf(compose: ComposeProject, name: string): ComposeService {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}
