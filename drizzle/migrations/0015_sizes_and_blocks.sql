ALTER TABLE "stored_objects" DROP CONSTRAINT "stored_objects_kind";--> statement-breakpoint
ALTER TABLE "erased_subjects" ADD COLUMN "blocked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "stored_objects" ADD CONSTRAINT "stored_objects_kind" CHECK (kind IN ('image', 'thumbnail', 'size', 'staged', 'upload')) NOT VALID;--> statement-breakpoint
ALTER TABLE "stored_objects" VALIDATE CONSTRAINT "stored_objects_kind";
