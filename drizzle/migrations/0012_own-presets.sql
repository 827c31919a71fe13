ALTER TABLE "avatar_presets" ADD COLUMN "avatar_id" uuid;--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD COLUMN "request_hash" text;--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "avatar_presets_avatar" ON "avatar_presets" USING btree ("avatar_id");--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_request_hash" CHECK (request_hash ~ '^[0-9a-f]{64}$');