-- The earlier release finds what belongs to no avatar by a null, and reads the stored sum of a day's spending.
UPDATE stored_objects o SET avatar_id = NULL WHERE o.avatar_id IS NOT NULL AND NOT EXISTS (SELECT FROM avatars v WHERE v.id = o.avatar_id);
ALTER TABLE stored_objects ADD CONSTRAINT stored_objects_avatar_id_avatars_id_fk
  FOREIGN KEY (avatar_id) REFERENCES public.avatars(id) ON DELETE SET NULL;
UPDATE provider_spending a SET usd = (SELECT coalesce(sum(s.usd), 0) FROM provider_spending s WHERE s.day = a.day AND s.provider <> 'all')
  WHERE a.provider = 'all';
