ALTER TABLE "stored_objects" DROP CONSTRAINT "stored_objects_avatar_id_avatars_id_fk";
