#!/usr/bin/env bash
# A private PostgreSQL cluster for tests: throw-away folder, loopback and unix socket only, no fsync.
#
#   backend/tests/postgres.sh run COMMAND...     starts one, runs the command with AFTERCARE_TEST_PG set, stops it
#   backend/tests/postgres.sh start FOLDER       starts one in FOLDER and prints its URL
#   backend/tests/postgres.sh crash FOLDER       kills it in the middle of what it does, and starts it again
#   backend/tests/postgres.sh stop FOLDER        stops it and removes the folder
#   backend/tests/postgres.sh copy FROM TO FILE  dumps the database of one URL into the file and restores it as that of the other
#
# With AFTERCARE_PG_DURABLE=1 it waits for the disk like a real one, so that it may crash.
#
# The URL's user may create databases. Needs the installed server binaries, nothing that runs already.
set -euo pipefail

die() { printf '%s\n' "$*" >&2; exit 1; }

bin=${AFTERCARE_PG_BIN:-$(find /usr/lib/postgresql /usr/local/pgsql /usr/pgsql-* -maxdepth 2 -name bin -type d 2>/dev/null | sort -V | tail -n 1 || true)}
[ -n "$bin" ] || { command -v initdb >/dev/null && bin=$(dirname "$(command -v initdb)"); }
[ -n "$bin" ] && [ -x "$bin/initdb" ] || die "No PostgreSQL server found. Please run:  sudo apt-get install -y postgresql"

# initdb refuses root
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups env HOME="$folder" "$@"; else "$@"; fi
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

start() {
  folder=$1
  mkdir -p "$folder"
  chmod 755 "$folder"
  if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
  (cd "$folder" && as_postgres "$bin/initdb" -D "$folder/data" -U aftercare -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1) ||
    { cat "$folder/initdb.log" >&2; exit 1; }
  cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
$(if [ -z "${AFTERCARE_PG_DURABLE:-}" ]; then printf 'fsync = off\nsynchronous_commit = off\nfull_page_writes = off'; fi)
wal_level = minimal
max_wal_senders = 0
max_connections = 300
shared_buffers = 128MB
max_wal_size = 2GB
autovacuum = off
timezone = 'UTC'
log_min_messages = fatal
CONF
  # Another process may take the port between the look and the start: try a few.
  local attempt port
  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    if (cd "$folder" && as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -o "-p $port" -w -t 60 start >/dev/null 2>&1 </dev/null); then
      url="postgres://aftercare@127.0.0.1:$port/postgres"
      printf '%s\n' "$url" >"$folder/url"
      return
    fi
  done
  cat "$folder/server.log" >&2
  die "PostgreSQL did not start after $attempt attempts"
}

crash() {
  folder=$1
  (cd "$folder" && as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -m immediate -w -t 60 restart >/dev/null 2>&1 </dev/null) ||
    { cat "$folder/server.log" >&2; die "PostgreSQL did not come back"; }
}

stop() {
  folder=$1
  if [ -f "$folder/data/postmaster.pid" ]; then
    (cd "$folder" && as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
  fi
  [ -f "$folder/data/PG_VERSION" ] && rm -rf "$folder"
}

copy() {
  "$bin/pg_dump" --format=custom --file="$3" "$1"
  "$bin/psql" --quiet --command "CREATE DATABASE \"${2##*/}\"" "$1"
  "$bin/pg_restore" --exit-on-error --dbname="$2" "$3"
}

case ${1:-} in
  run)
    shift
    [ $# -gt 0 ] || die "What shall run?"
    folder=$(mktemp -d "${TMPDIR:-/tmp}/aftercare-pg.XXXXXX")
    trap 'stop "$folder"' EXIT
    trap 'exit 130' INT TERM
    start "$folder"
    AFTERCARE_TEST_PG=$url "$@"
    ;;
  start) [ $# = 2 ] || die "Which folder?"; start "$2"; printf '%s\n' "$url" ;;
  crash) [ $# = 2 ] || die "Which folder?"; crash "$2" ;;
  stop) [ $# = 2 ] || die "Which folder?"; stop "$2" ;;
  copy) [ $# = 4 ] || die "From which URL to which, through which file?"; copy "$2" "$3" "$4" ;;
  *) sed -n '2,12p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//'; exit 2 ;;
esac
