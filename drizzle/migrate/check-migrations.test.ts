import { describe, expect, it } from 'vitest';
import { checkMigrations } from './check-migrations.ts';
import { parseMigration, readMigrations } from './migrations.ts';

const check = (...statements: string[]) =>
  checkMigrations([parseMigration('0001_mood', statements.join('\n--> statement-breakpoint\n'), '')]);

describe('the check of migrations', () => {
  it('finds nothing in the migrations of this project', async () => {
    expect(await checkMigrations(await readMigrations())).toEqual([]);
  });

  it('accepts what does not stop traffic', async () => {
    const faults = await check(
      'ALTER TABLE "avatars" ADD COLUMN "mood" text;',
      `ALTER TABLE "avatars" ADD CONSTRAINT "avatars_mood" CHECK (mood <> '') NOT VALID;`,
      'ALTER TABLE "avatars" ADD CONSTRAINT "avatars_has_mood" NOT NULL mood NOT VALID;',
      `-- batches
UPDATE avatars SET mood = 'calm' WHERE id IN (SELECT id FROM avatars WHERE mood IS NULL LIMIT 1000);`,
      'CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatars_mood_list" ON "avatars" USING btree ("mood");',
      'ALTER TABLE avatars VALIDATE CONSTRAINT avatars_mood;',
      'ALTER TABLE avatars VALIDATE CONSTRAINT avatars_has_mood;',
      'CREATE TABLE moods (id uuid PRIMARY KEY, mood text NOT NULL);',
      'CREATE INDEX moods_list ON moods (mood);',
      '-- squawk-ignore ban-drop-column\nALTER TABLE avatars DROP COLUMN nothing_reads_this_since_the_last_release;',
    );
    expect(faults).toEqual([]);
  });

  it.each([
    ['CREATE INDEX a ON avatars (name);', 'require-concurrent-index-creation'],
    ['DROP INDEX avatars_used;', 'require-concurrent-index-deletion'],
    [`ALTER TABLE avatars ADD CONSTRAINT a CHECK (name <> '');`, 'constraint-missing-not-valid'],
    ['ALTER TABLE avatars ADD CONSTRAINT a UNIQUE (name);', 'disallowed-unique-constraint'],
    [
      'ALTER TABLE avatars ADD CONSTRAINT a FOREIGN KEY (id) REFERENCES accounts (id);',
      'adding-foreign-key-constraint',
    ],
    ['ALTER TABLE avatars ADD COLUMN a uuid REFERENCES accounts (id);', 'adding-foreign-key-constraint'],
    ['ALTER TABLE avatars ADD COLUMN a text NOT NULL;', 'adding-required-field'],
    ['ALTER TABLE avatars ADD COLUMN a uuid DEFAULT gen_random_uuid();', 'adding-field-with-default'],
    ['ALTER TABLE avatars ADD COLUMN a int GENERATED ALWAYS AS (width * 2) STORED;', 'adding-field-with-default'],
    ['ALTER TABLE avatars ALTER COLUMN name SET NOT NULL;', 'adding-not-nullable-field'],
    ['ALTER TABLE avatars ALTER COLUMN name TYPE varchar(10);', 'changing-column-type'],
    ['ALTER TABLE avatars ALTER COLUMN search_text SET EXPRESSION AS (name);', 'it rewrites the table'],
    ['ALTER TABLE avatars RENAME COLUMN name TO title;', 'renaming-column'],
    ['ALTER TABLE avatars DROP COLUMN name;', 'ban-drop-column'],
    ['DROP TABLE avatars;', 'ban-drop-table'],
    ['REINDEX TABLE avatars;', 'require-concurrent-reindex'],
    ['TRUNCATE avatars;', 'it stops all traffic'],
    ['LOCK TABLE avatars;', 'it stops all traffic'],
    [`UPDATE avatars SET name = 'x';`, 'change rows in batches'],
    ['-- A comment first.\nDELETE FROM avatars;', 'change rows in batches'],
    [`-- batches\nUPDATE avatars SET name = 'x' WHERE name = '';`, 'a batch needs a LIMIT'],
    ['CREATE OR REPLACE FUNCTION a() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;', 'drizzle/functions'],
    ['CREATE TRIGGER a AFTER INSERT ON avatars FOR EACH ROW EXECUTE FUNCTION a();', 'drizzle/functions'],
  ])('refuses %s', async (statement, message) => {
    const faults = await check(statement);
    expect(faults.map((fault) => fault.message)).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
  });
});
