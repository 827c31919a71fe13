CREATE TABLE "provider_callbacks" (
	"id" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "provider_callbacks_id_length" CHECK (char_length(id) BETWEEN 1 AND 200)
);
--> statement-breakpoint
ALTER TABLE "provider_attempts" ADD COLUMN "called_back_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "provider_callbacks_received" ON "provider_callbacks" USING btree ("received_at");--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON provider_callbacks TO avatar_app;
