-- Favorite marks and ratings are lost.
DROP INDEX avatars_favorites;
DROP INDEX avatars_rated;
ALTER TABLE avatars DROP COLUMN favorite;
ALTER TABLE avatars DROP COLUMN rating;
