#!/usr/bin/env bash
# What the official image does, as far as compose.yaml uses it: an empty volume becomes a cluster with the user, the password and the
# database of the settings. While they are made, a server listens on the socket alone.
set -euo pipefail

if ((EUID == 0)); then
    if [[ -n ${POSTGRES_PASSWORD_FILE:-} ]]; then
        POSTGRES_PASSWORD=$(<"$POSTGRES_PASSWORD_FILE")
        export POSTGRES_PASSWORD
        unset POSTGRES_PASSWORD_FILE
    fi
    mkdir -p "$PGDATA" /var/run/postgresql
    chown -R postgres:postgres "$PGDATA" /var/run/postgresql
    chmod 700 "$PGDATA"
    exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
if [[ ! -s $PGDATA/PG_VERSION ]]; then
    user=${POSTGRES_USER:-postgres}
    initdb --username "$user" --pwfile <(echo "${POSTGRES_PASSWORD:?a new database needs a password}")
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
    pg_ctl --wait --options "-c listen_addresses=''" start
    database=${POSTGRES_DB:-$user}
    [[ $database == postgres ]] || createdb --username "$user" --maintenance-db postgres "$database"
    pg_ctl --wait --mode fast stop
fi
unset POSTGRES_PASSWORD
exec "$@"
