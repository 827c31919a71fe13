import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runCommand } from '#process/run-command.ts';
import { readMigrations, withoutComments, type Migration, type Step } from './migrations.ts';

const SQUAWK = fileURLToPath(new URL('js/bin/squawk', import.meta.resolve('squawk-cli/package.json')));
/** Rules of squawk that do not apply: the session sets the time-outs, steps can run again, and the types are the schema's. */
const LEFT_OUT = [
  'require-lock-timeout',
  'require-statement-timeout',
  'prefer-robust-stmts',
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'prefer-text-field',
];

/** One finding of squawk's report; it counts rows from 0. */
const FINDING = /^[^:]+:(?<row>\d+):\d+: \w+: (?<rule>\S+) (?<message>.*)$/gm;

/** What squawk does not look for: a pattern of one statement, and what to do instead. */
const OWN_RULES: readonly { readonly refuses: RegExp; readonly except?: Step['kind']; readonly instead: string }[] = [
  {
    refuses: /^(UPDATE|DELETE)\b/i,
    except: 'batches',
    instead:
      'change rows in batches: a comment line `-- batches`, and a condition with LIMIT that leaves out changed rows',
  },
  { refuses: /^(LOCK|TRUNCATE|CLUSTER|VACUUM)\b/i, instead: 'it stops all traffic on the table' },
  {
    refuses: /\bSET EXPRESSION\b/i,
    instead: 'it rewrites the table: add a column, fill it in batches, then drop the old one',
  },
  { refuses: /^REFRESH MATERIALIZED VIEW (?!CONCURRENTLY)/i, instead: 'add CONCURRENTLY' },
  {
    refuses: /^CREATE (OR REPLACE )?(CONSTRAINT )?(FUNCTION|PROCEDURE|TRIGGER|VIEW)\b/i,
    instead: 'functions, triggers and views have a file each in drizzle/functions',
  },
];

/** A statement that would stop traffic, or break processes of the earlier release. */
export interface MigrationFault {
  readonly tag: string;
  /** First line of the statement. */
  readonly statement: string;
  readonly message: string;
}

/** Finds statements that must not run while the previous release serves traffic. Starts a process for each migration, about 0.1 s. */
export async function checkMigrations(migrations: readonly Migration[]): Promise<MigrationFault[]> {
  const faults = await Promise.all(migrations.map(async (one) => [...checkOwnRules(one), ...(await runSquawk(one))]));
  return faults.flat();
}

function checkOwnRules({ tag, steps }: Migration): MigrationFault[] {
  return steps.flatMap(({ kind, statements }) =>
    statements.flatMap((statement) => {
      const sql = withoutComments(statement).trim();
      const rules = OWN_RULES.filter(({ refuses, except }) => except !== kind && refuses.test(sql));
      const faults = rules.map(({ instead }) => ({ tag, statement: summarize(sql), message: instead }));
      if (kind === 'batches' && !/\bLIMIT\b/i.test(sql)) {
        faults.push({ tag, statement: summarize(sql), message: 'a batch needs a LIMIT' });
      }
      return faults;
    }),
  );
}

async function runSquawk({ tag, steps }: Migration): Promise<MigrationFault[]> {
  // As the session runs it: squawk judges what happens within one transaction.
  const sql = steps.map(({ kind, statements }) => {
    const text = statements.map((statement) => (/;\s*$/.test(statement) ? statement : `${statement};`)).join('\n');
    return kind === 'transaction' ? `BEGIN;\n${text}\nCOMMIT;` : text;
  });
  const options = [
    '--pg-version=18',
    '--reporter=gcc',
    `--exclude=${LEFT_OUT.join(',')}`,
    `--stdin-filepath=${tag}.sql`,
  ];
  const run = promisify(execFile)(process.execPath, [SQUAWK, ...options]);
  run.child.stdin!.end(sql.join('\n'));
  const output = await run.catch((error: { code?: unknown; stdout?: string }) => {
    if (error.code === 1 && error.stdout !== undefined) return { stdout: error.stdout };
    throw error;
  });
  const rows = sql.join('\n').split('\n');
  return [...output.stdout.matchAll(FINDING)].map(({ groups: { row, rule, message } = {} }) => ({
    tag,
    statement: rows[Number(row)]!,
    message: `${rule}: ${message}`,
  }));
}

function summarize(sql: string): string {
  return sql.split('\n')[0]!;
}

if (import.meta.main) {
  await runCommand(async () => {
    const faults = await checkMigrations(await readMigrations());
    for (const { tag, statement, message } of faults) console.error(`${tag}: ${statement}\n  ${message}`);
    if (faults.length > 0) throw new Error('See CONTRIBUTING.md, "Change the schema"');
  });
}
