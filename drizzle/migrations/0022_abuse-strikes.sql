CREATE TABLE "abuse_strikes" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "abuse_strikes_pkey" PRIMARY KEY("account_id","kind","cause"),
	CONSTRAINT "abuse_strikes_kind" CHECK (kind IN ('refused_prompt', 'unpaid')),
	CONSTRAINT "abuse_strikes_cause_length" CHECK (char_length(cause) BETWEEN 1 AND 100)
);
--> statement-breakpoint
ALTER TABLE "abuse_strikes" ADD CONSTRAINT "abuse_strikes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "abuse_strikes_recent" ON "abuse_strikes" USING btree ("account_id","kind","at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "abuse_strikes_all" ON "abuse_strikes" USING btree ("at" DESC NULLS FIRST);