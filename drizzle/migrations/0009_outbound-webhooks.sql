CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"webhook_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"event" text NOT NULL,
	"generation_id" uuid NOT NULL,
	"avatar_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"last_status" smallint,
	"last_failure" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_deliveries_once" UNIQUE("webhook_id","event","generation_id"),
	CONSTRAINT "webhook_deliveries_event" CHECK (event IN ('generation.completed', 'generation.failed', 'generation.cancelled', 'avatar.needs_review', 'avatar.approved', 'avatar.rejected')),
	CONSTRAINT "webhook_deliveries_state" CHECK (state IN ('waiting', 'delivered', 'dead')),
	CONSTRAINT "webhook_deliveries_last_failure_length" CHECK (char_length(last_failure) BETWEEN 1 AND 200),
	CONSTRAINT "webhook_deliveries_end" CHECK ((state = 'waiting') = (ended_at IS NULL))
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"secret" text NOT NULL,
	"old_secret" text,
	"old_secret_until" timestamp (3) with time zone,
	"enabled" boolean DEFAULT true NOT NULL,
	"disabled_reason" text,
	"consecutive_dead" integer DEFAULT 0 NOT NULL,
	"last_delivered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhooks_account_key" UNIQUE("account_id"),
	CONSTRAINT "webhooks_url_length" CHECK (char_length(url) BETWEEN 1 AND 2000),
	CONSTRAINT "webhooks_secret_length" CHECK (char_length(secret) BETWEEN 1 AND 100),
	CONSTRAINT "webhooks_old_secret_length" CHECK (char_length(old_secret) BETWEEN 1 AND 100),
	CONSTRAINT "webhooks_disabled_reason" CHECK (disabled_reason IN ('by_owner', 'gone', 'unreachable')),
	CONSTRAINT "webhooks_events" CHECK (cardinality(events) BETWEEN 1 AND 20),
	CONSTRAINT "webhooks_disabled_has_reason" CHECK (enabled = (disabled_reason IS NULL))
);
--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_waiting" ON "webhook_deliveries" USING btree ("created_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_ended" ON "webhook_deliveries" USING btree ("ended_at") WHERE state <> 'waiting';--> statement-breakpoint
-- The outbox is written in the transaction of the event, so a delivery exists exactly when its event happened.
CREATE FUNCTION queue_webhook(p_account uuid, p_event text, p_generation uuid, p_avatar uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO webhook_deliveries (webhook_id, account_id, event, generation_id, avatar_id)
    SELECT w.id, w.account_id, p_event, p_generation, p_avatar
      FROM webhooks w WHERE w.account_id = p_account AND w.enabled AND p_event = ANY (w.events)
    ON CONFLICT DO NOTHING
$$;
--> statement-breakpoint
CREATE FUNCTION queue_generation_webhook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM queue_webhook(NEW.account_id, 'generation.' || NEW.status, NEW.id, (SELECT v.id FROM avatars v WHERE v.generation_id = NEW.id));
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A request that was never answered has no webhook.
CREATE TRIGGER avatar_generations_webhook AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status IN ('completed', 'failed', 'cancelled') AND (OLD.status <> 'requested' OR NEW.accepted_at IS NOT NULL))
  EXECUTE FUNCTION queue_generation_webhook();
--> statement-breakpoint
CREATE FUNCTION announce_webhook_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('webhook_delivery', json_build_object('id', NEW.id, 'accountId', NEW.account_id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER webhook_deliveries_announce AFTER INSERT ON webhook_deliveries FOR EACH ROW EXECUTE FUNCTION announce_webhook_delivery();
--> statement-breakpoint
REVOKE ALL ON FUNCTION queue_webhook(uuid, text, uuid, uuid), queue_generation_webhook(), announce_webhook_delivery() FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO avatar_app;
--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON webhook_deliveries TO avatar_app;
