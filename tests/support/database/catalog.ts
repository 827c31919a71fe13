import type { Client } from 'pg';

/** Definitions of everything in the schema that the application can observe, sorted. */
export async function readCatalog(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(CATALOG);
  return rows.map(({ definition }) => definition);
}

// Leaves out objects of extensions and the migrations' own history.
const CATALOG = `
  WITH own AS (
    SELECT c.* FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT SIMILAR TO 'schema_(migrations|functions)%'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')),
  routines AS (
    SELECT p.* FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')),
  definitions AS (
    SELECT format('relation %s %s %s grants %s', relname, relkind, reloptions, relacl) AS definition FROM own
    UNION ALL
    SELECT format('column %s.%s %s not null %s default %s %s grants %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attacl)
      FROM own c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    UNION ALL
    SELECT format('constraint %s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) FROM own c JOIN pg_constraint k ON k.conrelid = c.oid
    UNION ALL
    SELECT format('index %s', pg_get_indexdef(i.indexrelid)) FROM own c JOIN pg_index i ON i.indrelid = c.oid
    UNION ALL
    SELECT format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled) FROM own c JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT format('view %s %s', relname, pg_get_viewdef(oid)) FROM own WHERE relkind = 'v'
    UNION ALL
    SELECT format('function %s grants %s', pg_get_functiondef(oid), proacl) FROM routines WHERE prokind = 'f'
    UNION ALL
    SELECT format('extension %s', extname) FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL
    SELECT format('schema %s grants %s', nspname, nspacl) FROM pg_namespace WHERE nspname = 'public')
  SELECT definition FROM definitions ORDER BY definition`;
