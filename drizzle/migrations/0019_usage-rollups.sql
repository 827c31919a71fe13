-- Hourly roll-ups of uses, generations and costs, updated by the statements that write the raw rows, so that both always agree.
CREATE TABLE "generation_hours" (
	"account_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"project_id" uuid,
	"provider" text,
	"made" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"captured" bigint DEFAULT 0 NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"cost_usd" numeric(12, 6) DEFAULT 0 NOT NULL,
	CONSTRAINT "generation_hours_key" UNIQUE NULLS NOT DISTINCT("account_id","hour","project_id","provider"),
	CONSTRAINT "generation_hours_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "generation_hours_counts" CHECK (made >= 0 AND failed >= 0 AND captured >= 0 AND refunded >= 0)
);
--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"account_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"project_id" uuid NOT NULL,
	"app_id" text NOT NULL,
	"app_name" text NOT NULL,
	"uses" integer NOT NULL,
	"deleted_uses" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_hours_key" UNIQUE("account_id","hour","project_id","app_id"),
	CONSTRAINT "usage_hours_app_id_length" CHECK (char_length(app_id) BETWEEN 1 AND 100),
	CONSTRAINT "usage_hours_app_name_length" CHECK (char_length(app_name) BETWEEN 1 AND 100),
	CONSTRAINT "usage_hours_counts" CHECK (uses >= 0 AND deleted_uses >= 0)
);
--> statement-breakpoint
ALTER TABLE "avatar_usage_history" DROP CONSTRAINT "avatar_usage_history_metadata_shape";--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD COLUMN "origin_project_id" uuid;--> statement-breakpoint
-- Triggers are off because this changes nothing that clients see: no announcement, no new version.
ALTER TABLE avatar_generations DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE avatar_generations SET origin_project_id = project_id;--> statement-breakpoint
ALTER TABLE avatar_generations ENABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE "avatar_usage_history" ADD COLUMN "project_id" uuid;--> statement-breakpoint
UPDATE avatar_usage_history u SET project_id = a.project_id FROM avatars a WHERE a.id = u.avatar_id;--> statement-breakpoint
ALTER TABLE "avatar_usage_history" ALTER COLUMN "project_id" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "generation_hours_all" ON "generation_hours" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "usage_hours_all" ON "usage_hours" USING btree ("hour");--> statement-breakpoint
ALTER TABLE "avatar_usage_history" ADD CONSTRAINT "avatar_usage_history_metadata_shape" CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 16384);
--> statement-breakpoint
-- Stores the project in which a generation was requested, whatever happens to the project later.
CREATE FUNCTION set_origin_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.origin_project_id := NEW.project_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_generations_origin BEFORE INSERT ON avatar_generations FOR EACH ROW EXECUTE FUNCTION set_origin_project();
--> statement-breakpoint
-- History rows are inserted and deleted, never updated; the roll-up follows both. Rows are locked in one order to avoid deadlocks.
CREATE FUNCTION roll_up_usage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO usage_hours AS h (account_id, hour, project_id, app_id, app_name, uses)
    SELECT w.account_id, date_trunc('hour', w.created_at, 'UTC'), w.project_id, w.app_id, (array_agg(w.app_name ORDER BY w.created_at DESC))[1], count(*)
      FROM inserted w GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (account_id, hour, project_id, app_id) DO UPDATE SET uses = h.uses + excluded.uses, app_name = excluded.app_name;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_usage_history_inserted AFTER INSERT ON avatar_usage_history
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION roll_up_usage();
--> statement-breakpoint
-- Uses of a deleted avatar still count: they move from `uses` to `deleted_uses`.
CREATE FUNCTION roll_up_deleted_usage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM usage_hours h
    WHERE (h.account_id, h.hour, h.project_id, h.app_id) IN (SELECT g.account_id, date_trunc('hour', g.created_at, 'UTC'), g.project_id, g.app_id FROM deleted g)
    ORDER BY h.account_id, h.hour, h.project_id, h.app_id FOR UPDATE;
  UPDATE usage_hours h SET uses = h.uses - g.uses, deleted_uses = h.deleted_uses + g.uses
    FROM (SELECT account_id, date_trunc('hour', created_at, 'UTC') AS hour, project_id, app_id, count(*) AS uses FROM deleted GROUP BY 1, 2, 3, 4) g
    WHERE h.account_id = g.account_id AND h.hour = g.hour AND h.project_id = g.project_id AND h.app_id = g.app_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_usage_history_deleted AFTER DELETE ON avatar_usage_history
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION roll_up_deleted_usage();
--> statement-breakpoint
CREATE FUNCTION add_generation_usage(p_account uuid, p_at timestamptz, p_project uuid, p_provider text, p_made int, p_failed int, p_captured bigint,
  p_refunded bigint, p_cost numeric) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO generation_hours AS h (account_id, hour, project_id, provider, made, failed, captured, refunded, cost_usd)
    VALUES (p_account, date_trunc('hour', p_at, 'UTC'), p_project, p_provider, p_made, p_failed, p_captured, p_refunded, p_cost)
    ON CONFLICT (account_id, hour, project_id, provider) DO UPDATE SET made = h.made + excluded.made, failed = h.failed + excluded.failed,
      captured = h.captured + excluded.captured, refunded = h.refunded + excluded.refunded, cost_usd = h.cost_usd + excluded.cost_usd
$$;
--> statement-breakpoint
-- Completion captures in the same transaction and so in the same hour. The provider is known only at the end.
CREATE FUNCTION roll_up_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_generation_usage(NEW.account_id, NEW.finished_at, NEW.origin_project_id, NEW.provider, (NEW.status = 'completed')::int,
    (NEW.status = 'failed')::int, CASE NEW.status WHEN 'completed' THEN NEW.price ELSE 0 END, 0, 0);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_generations_roll_up AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status <> OLD.status AND NEW.status IN ('completed', 'failed')) EXECUTE FUNCTION roll_up_outcome();
--> statement-breakpoint
CREATE FUNCTION roll_up_refund() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_generation_usage(g.account_id, NEW.created_at, g.origin_project_id, g.provider, 0, 0, 0, NEW.amount, 0)
    FROM avatar_generations g WHERE g.id = NEW.generation_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER credit_transfers_roll_up AFTER INSERT ON credit_transfers FOR EACH ROW WHEN (NEW.kind = 'refund') EXECUTE FUNCTION roll_up_refund();
--> statement-breakpoint
-- Dollars of every paid call, including calls whose image was not delivered.
CREATE FUNCTION roll_up_cost() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_row provider_attempts := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  v_more numeric := CASE TG_OP WHEN 'DELETE' THEN 0 ELSE coalesce(NEW.cost_usd, 0) END - CASE TG_OP WHEN 'INSERT' THEN 0 ELSE coalesce(OLD.cost_usd, 0) END;
BEGIN
  IF v_more <> 0 THEN
    PERFORM add_generation_usage(g.account_id, v_row.created_at, g.origin_project_id, v_row.provider, 0, 0, 0, 0, v_more)
      FROM avatar_generations g WHERE g.id = v_row.generation_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER provider_attempts_roll_up AFTER INSERT OR DELETE OR UPDATE OF cost_usd ON provider_attempts FOR EACH ROW EXECUTE FUNCTION roll_up_cost();
--> statement-breakpoint
-- Roll up the rows that exist already.
INSERT INTO usage_hours (account_id, hour, project_id, app_id, app_name, uses)
  SELECT account_id, date_trunc('hour', created_at, 'UTC'), project_id, app_id, (array_agg(app_name ORDER BY created_at DESC))[1], count(*)
    FROM avatar_usage_history GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
INSERT INTO generation_hours (account_id, hour, project_id, provider, made, failed, captured, refunded, cost_usd)
  SELECT account_id, date_trunc('hour', at, 'UTC'), project_id, provider, sum(made), sum(failed), sum(captured), sum(refunded), sum(cost_usd) FROM (
    SELECT account_id, finished_at AS at, origin_project_id AS project_id, provider, (status = 'completed')::int AS made, (status = 'failed')::int AS failed,
        CASE status WHEN 'completed' THEN price ELSE 0 END AS captured, 0 AS refunded, 0 AS cost_usd
      FROM avatar_generations WHERE status IN ('completed', 'failed')
    UNION ALL
    SELECT g.account_id, t.created_at, g.origin_project_id, g.provider, 0, 0, 0, t.amount, 0
      FROM credit_transfers t JOIN avatar_generations g ON g.id = t.generation_id WHERE t.kind = 'refund'
    UNION ALL
    SELECT g.account_id, a.created_at, g.origin_project_id, a.provider, 0, 0, 0, 0, a.cost_usd
      FROM provider_attempts a JOIN avatar_generations g ON g.id = a.generation_id WHERE a.cost_usd <> 0) AS raw
  GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
REVOKE ALL ON FUNCTION set_origin_project(), roll_up_usage(), roll_up_deleted_usage(), roll_up_outcome(), roll_up_refund(), roll_up_cost(),
  add_generation_usage(uuid, timestamptz, uuid, text, int, int, bigint, bigint, numeric) FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT ON usage_hours, generation_hours TO avatar_app;
--> statement-breakpoint
REVOKE UPDATE ON avatar_usage_history FROM avatar_app;
