CREATE TABLE "avatar_shares" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"avatar_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"shows_name" boolean NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "avatar_shares_digest_key" UNIQUE("digest"),
	CONSTRAINT "avatar_shares_digest" CHECK (digest ~ '^[0-9a-f]{64}$')
);--> statement-breakpoint
-- Nothing joins the reporter: the earlier release lists such a report, with a link to no account.
-- squawk-ignore ban-drop-not-null
ALTER TABLE "avatar_reports" ALTER COLUMN "account_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "avatar_shares" ADD CONSTRAINT "avatar_shares_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_shares" ADD CONSTRAINT "avatar_shares_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "avatar_shares_avatar" ON "avatar_shares" USING btree ("avatar_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatar_shares_account" ON "avatar_shares" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "avatar_shares_end" ON "avatar_shares" USING btree ("expires_at");--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "avatar_shares" TO avatar_api;--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "avatar_reports_visitors" ON "avatar_reports" USING btree ("avatar_id","kind") WHERE account_id IS NULL AND decision IS NULL;
