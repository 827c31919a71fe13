#!/bin/sh
# Brings Temporal's two databases to the version of its server. Safe to repeat.
set -eu

tool() {
  database=$1
  shift
  # The password is in SQL_PASSWORD: other users can read arguments.
  temporal-sql-tool --plugin "$SQL_PLUGIN" --ep "$SQL_HOST" -p "$SQL_PORT" -u "$SQL_USER" --db "$database" "$@"
}

bring_up_to_date() {
  if output=$(tool "$1" update-schema --schema-name "$2" 2>&1); then
    echo "$1: schema is up to date"
    return
  fi
  case $output in
    # Only then: setup-schema would set the version of a database that has tables back to 0.0.
    *'reading current schema version'*'schema_version'*'does not exist'*)
      echo "$1: creating the schema"
      tool "$1" setup-schema -v 0.0
      tool "$1" update-schema --schema-name "$2"
      ;;
    *)
      echo "$output" >&2
      exit 1
      ;;
  esac
}

bring_up_to_date temporal postgresql/v12/temporal
bring_up_to_date temporal_visibility postgresql/v12/visibility

# Without a version: they are no part of Temporal's schema.
tool temporal_visibility setup-schema --disable-versioning --schema-file "$VISIBILITY_INDEXES" >/dev/null
echo 'temporal_visibility: indexes are adjusted'
