import { sql } from './orm.ts';
import { v5 as uuidv5 } from 'uuid';
import { z } from 'zod';
import { persona, visualAttributes } from '#contract/avatar.ts';
import { text } from '#contract/text.ts';
import type { Tier } from '#domain/generation/tier.ts';
import { runCommand } from '#process/run-command.ts';
import { createDatabase, type Database } from './connection/database.ts';
import gallery from '#domain/prompt/gallery-presets.json' with { type: 'json' };
import { readOwnerUrl } from './owner-url.ts';
import { openAccount } from './queries/accounts/accounts.ts';
import { createProject } from './queries/avatars/projects.ts';
import { presets } from './schema/presets.ts';
import { retrying } from './connection/transient.ts';

/** Ids are derived from names in this namespace, so that a second run finds the rows of the first. */
const NAMESPACE = '7c9c2f6e-1f0b-4d6e-9f57-0c5a8a1f3b21';

const galleryFile = z.array(
  z.strictObject({
    category: text(60),
    name: text(100),
    generationPrompt: text(1000),
    personaTemplate: persona,
    visualAttributes,
  }),
);

interface DemoAccount {
  readonly subject: string;
  readonly displayName: string;
  readonly tier: Tier;
  readonly project: string;
}

/** The demo users of the embedded stack. Their credits are the starter credits of their tier. */
const USERS: readonly DemoAccount[] = [
  { subject: 'demo|alice', displayName: 'Alice', tier: 'free', project: 'Tavern cast' },
  { subject: 'demo|bob', displayName: 'Bob', tier: 'pro', project: 'My avatars' },
  { subject: 'demo|admin', displayName: 'Admin', tier: 'pro', project: 'My avatars' },
];

/**
 * Inserts the public presets and, by default, the demo users. Idempotent; existing presets are updated from the file.
 * @param ownerUrl connection of the role that owns the tables
 */
export async function seed(ownerUrl: string, { users = true }: { readonly users?: boolean } = {}): Promise<void> {
  const database = createDatabase({ url: ownerUrl, poolSize: 2, applicationName: 'avatar-studio seed' });
  try {
    await seedPresets(database);
    if (users) await seedUsers(database);
  } finally {
    await database.close();
  }
}

async function seedPresets(database: Database): Promise<void> {
  const rows = galleryFile.parse(gallery).map((preset, position) => ({
    id: uuidv5(`preset/${preset.category}/${preset.name}`, NAMESPACE),
    category: preset.category,
    name: preset.name,
    prompt: preset.generationPrompt,
    personaTemplate: preset.personaTemplate,
    attributes: preset.visualAttributes,
    position,
  }));
  await retrying(() =>
    database.db
      .insert(presets)
      .values(rows)
      .onConflictDoUpdate({
        target: presets.id,
        set: {
          category: sql`excluded.category`,
          name: sql`excluded.name`,
          prompt: sql`excluded.prompt`,
          personaTemplate: sql`excluded.persona_template`,
          attributes: sql`excluded.attributes`,
          position: sql`excluded.position`,
        },
      }),
  );
}

async function seedUsers(database: Database): Promise<void> {
  for (const { project, ...user } of USERS) {
    const account = await openAccount(database, user);
    const id = uuidv5(`project/${user.subject}`, NAMESPACE);
    await createProject(database, { id, accountId: account.id, name: project, description: '' });
  }
}

if (import.meta.main) {
  await runCommand(async () => {
    const users = process.argv.includes('--demo-users');
    await seed(readOwnerUrl(process.env), { users });
    console.log(`Seeded the presets${users ? ' and the demo users' : ''}`);
  });
}
