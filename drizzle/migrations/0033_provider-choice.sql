CREATE TABLE "provider_circuits" (
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failed_at" timestamp (3) with time zone,
	"open_until" timestamp (3) with time zone,
	"not_before" timestamp (3) with time zone,
	"openings" integer DEFAULT 0 NOT NULL,
	"probe" uuid,
	"probe_until" timestamp (3) with time zone,
	"last_failure" text,
	"checked_at" timestamp (3) with time zone,
	"check_failure" text,
	CONSTRAINT "provider_circuits_provider_model_pk" PRIMARY KEY("provider","model"),
	CONSTRAINT "provider_circuits_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "provider_circuits_last_failure" CHECK (last_failure IN ('rate_limited', 'moderated', 'invalid_input', 'auth', 'insufficient_funds', 'transient', 'timeout', 'cancelled', 'corrupt_output', 'out_of_service', 'circuit_open', 'model_circuit_open', 'over_budget')),
	CONSTRAINT "provider_circuits_check_failure" CHECK (check_failure IN ('rate_limited', 'moderated', 'invalid_input', 'auth', 'insufficient_funds', 'transient', 'timeout', 'cancelled', 'corrupt_output', 'out_of_service', 'circuit_open', 'model_circuit_open', 'over_budget')),
	CONSTRAINT "provider_circuits_model_length" CHECK (char_length(model) BETWEEN 0 AND 200),
	CONSTRAINT "provider_circuits_openings_range" CHECK (openings BETWEEN 0 AND 1000000),
	CONSTRAINT "provider_circuits_probe_ends" CHECK ((probe IS NULL) = (probe_until IS NULL))
);
--> statement-breakpoint
CREATE TABLE "provider_spending" (
	"day" date NOT NULL,
	"provider" text NOT NULL,
	"usd" numeric(12, 6) NOT NULL,
	CONSTRAINT "provider_spending_day_provider_pk" PRIMARY KEY("day","provider"),
	CONSTRAINT "provider_spending_provider" CHECK (provider IN ('all', 'replicate', 'huggingface', 'fal', 'illustrator'))
);
--> statement-breakpoint
ALTER TABLE "provider_attempts" DROP CONSTRAINT "provider_attempts_failure_kind";--> statement-breakpoint
ALTER TABLE "provider_attempts" ADD COLUMN "budgeted_usd" numeric(12, 6);--> statement-breakpoint
ALTER TABLE "provider_attempts" ADD COLUMN "budgeted_on" date;--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD COLUMN "choice" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "provider_attempts" ADD CONSTRAINT "provider_attempts_budgeted" CHECK ((budgeted_usd IS NULL) = (budgeted_on IS NULL) AND budgeted_usd >= 0);--> statement-breakpoint
ALTER TABLE "provider_attempts" ADD CONSTRAINT "provider_attempts_failure_kind" CHECK (failure_kind IN ('rate_limited', 'moderated', 'invalid_input', 'auth', 'insufficient_funds', 'transient', 'timeout', 'cancelled', 'corrupt_output', 'out_of_service', 'circuit_open', 'model_circuit_open', 'over_budget'));--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_choice_shape" CHECK (jsonb_typeof(choice) = 'array' AND jsonb_array_length(choice) <= 64 AND octet_length(choice::text) <= 16384);--> statement-breakpoint
-- Adds the expected cost of a paid call to the day's spending before it is sent, once per attempt; false if that would exceed a
-- budget. The day's row of all providers is locked first, here and in the trigger below, so that they can't deadlock.
CREATE FUNCTION reserve_provider_budget(p_attempt uuid, p_usd numeric, p_total numeric, p_own numeric)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_attempt provider_attempts%ROWTYPE;
  v_day date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  v_all numeric;
  v_own numeric;
BEGIN
  SELECT * INTO v_attempt FROM provider_attempts a WHERE a.id = p_attempt FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF v_attempt.budgeted_usd IS NOT NULL THEN
    RETURN true;
  END IF;
  INSERT INTO provider_spending (day, provider, usd) VALUES (v_day, 'all', 0), (v_day, v_attempt.provider, 0) ON CONFLICT DO NOTHING;
  SELECT s.usd INTO v_all FROM provider_spending s WHERE s.day = v_day AND s.provider = 'all' FOR UPDATE;
  SELECT s.usd INTO v_own FROM provider_spending s WHERE s.day = v_day AND s.provider = v_attempt.provider FOR UPDATE;
  -- A budget that is NULL compares to NULL and so is no limit.
  IF v_all + p_usd > p_total OR v_own + p_usd > p_own THEN
    RETURN false;
  END IF;
  UPDATE provider_spending s SET usd = s.usd + p_usd WHERE s.day = v_day AND s.provider IN ('all', v_attempt.provider);
  UPDATE provider_attempts a SET budgeted_usd = p_usd, budgeted_on = v_day WHERE a.id = p_attempt;
  RETURN true;
END $$;
--> statement-breakpoint
-- Replaces an attempt's estimate with its cost, or with 0 if the provider certainly never received it. In doubt it stays.
CREATE FUNCTION settle_provider_budget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_cost numeric := coalesce(NEW.cost_usd, CASE WHEN OLD.state = 'created' AND NEW.state <> 'succeeded' THEN 0 ELSE OLD.budgeted_usd END);
BEGIN
  IF v_cost <> OLD.budgeted_usd THEN
    PERFORM FROM provider_spending s WHERE s.day = OLD.budgeted_on AND s.provider = 'all' FOR UPDATE;
    UPDATE provider_spending s SET usd = s.usd + v_cost - OLD.budgeted_usd WHERE s.day = OLD.budgeted_on AND s.provider IN ('all', OLD.provider);
    NEW.budgeted_usd := v_cost;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER provider_attempts_settle_budget BEFORE UPDATE OF state ON provider_attempts
  FOR EACH ROW WHEN (OLD.budgeted_usd IS NOT NULL AND OLD.state IN ('created', 'submitting', 'submitted') AND NEW.state IN ('succeeded', 'failed', 'cancelled'))
  EXECUTE FUNCTION settle_provider_budget();
--> statement-breakpoint
REVOKE ALL ON FUNCTION reserve_provider_budget(uuid, numeric, numeric, numeric), settle_provider_budget() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION reserve_provider_budget(uuid, numeric, numeric, numeric) TO avatar_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON provider_circuits TO avatar_app;
--> statement-breakpoint
GRANT SELECT ON provider_spending TO avatar_app;
--> statement-breakpoint
GRANT INSERT (choice) ON avatar_generations TO avatar_app;
