import { describe, expect, it } from 'vitest';
import { record } from './ledger/record.ts';
import { serverError } from './connection/transient.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, requested } from '#tests/support/database/world.ts';

const fixture = useDatabase();

/** The constraint that rejects the update, or `accepted`. */
async function refusedBy(table: string, id: string, change: string): Promise<string | undefined> {
  return fixture.owner.query(`UPDATE ${table} SET ${change} WHERE id = $1`, [id]).then(
    () => 'accepted',
    (error: unknown) => serverError(error)?.constraint,
  );
}

describe('CHECK constraints', () => {
  it.each([
    [`status = 'paused'`, 'avatar_generations_legal_move'],
    [`stage = 'dreaming'`, 'avatar_generations_stage'],
    [`source_type = 'telepathy'`, 'avatar_generations_source_type'],
    [`tier = 'gold'`, 'avatar_generations_tier'],
    [`provider = 'crayon'`, 'avatar_generations_provider'],
    ['priority = 0', 'avatar_generations_priority_range'],
    ['price = 0', 'avatar_generations_price_range'],
    ['seed = 4294967296', 'avatar_generations_seed_range'],
    [`request_hash = 'x'`, 'avatar_generations_request_hash'],
    [`request = '[]'`, 'avatar_generations_request_shape'],
    [`request = jsonb_build_object('prompt', repeat('x', 70000))`, 'avatar_generations_request_shape'],
    [`plan = '{}'`, 'avatar_generations_plan_shape'],
    [`built_prompt = repeat('x', 8001)`, 'avatar_generations_built_prompt_length'],
    [`cancel_reason = ''`, 'avatar_generations_cancel_reason_length'],
    [`failure_code = 'internal'`, 'avatar_generations_failed_has_code'],
    [`finished_at = now()`, 'avatar_generations_final_has_end'],
    [`refusal = 'daily_limit'`, 'avatar_generations_refused_is_requested'],
    [`built_prompt = repeat('🜁', 8000)`, 'accepted'],
  ])('check a generation with %s', async (change, constraint) => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    expect(await refusedBy('avatar_generations', id, change)).toBe(constraint);
  });

  it.each([
    [`persona = '{"age": "old"}'`, 'avatars_persona_shape'],
    [`persona = '{"shoeSize": 43}'`, 'avatars_persona_shape'],
    [`persona = '"Ysolde"'`, 'avatars_persona_shape'],
    [`persona = jsonb_build_object('background', repeat('x', 33000))`, 'avatars_persona_shape'],
    [`attributes = '{"gender": 1}'`, 'avatars_attributes_shape'],
    [`attributes = '{"wings": "two"}'`, 'avatars_attributes_shape'],
    [`style = 'cubism'`, 'avatars_style'],
    [`name = ''`, 'avatars_name_length'],
    [`sha256 = repeat('g', 64)`, 'avatars_sha256'],
    ['width = 0', 'avatars_width_range'],
    ['usage_count = -1', 'avatars_usage_count'],
    [`persona = '{"name": "Y", "age": 18, "personality": [], "background": "b"}'`, 'accepted'],
  ])('check an avatar with %s', async (change, constraint) => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const avatar = anAvatar(tenant.account.id);
    await record(fixture.database, id, avatar);
    expect(await refusedBy('avatars', avatar.id, change)).toBe(constraint);
  });

  it('reject an avatar or a generation in the project of another account', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const { id } = await admitted(fixture.database, tenant);
    const avatar = anAvatar(tenant.account.id);
    await record(fixture.database, id, avatar);
    const generation = await requested(fixture.database, tenant);
    const move = `project_id = '${stranger.projectId}'`;
    expect(await refusedBy('avatars', avatar.id, move)).toBe('avatars_project');
    expect(await refusedBy('avatar_generations', generation.id, move)).toBe('avatar_generations_project');
  });
});
