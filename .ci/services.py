"""PostgreSQL and Redis for the checks: `services.py create|drop DATABASE_URL REDIS_URL`.

`create` makes an empty database and empties the Redis database of that number; it fails with a
sentence when a service does not answer, so that no test is left out in silence.
"""

import sys
from urllib.parse import urlsplit

import psycopg2
import redis


def main(action: str, database_url: str, redis_url: str) -> None:
    """Create, or drop, what the URLs name."""
    try:
        redis.Redis.from_url(redis_url, socket_connect_timeout=3).flushdb()
    except redis.RedisError as error:
        sys.exit(f"Redis does not answer on {redis_url} ({error}); set CI_REDIS_URL.")
    parts = urlsplit(database_url)
    name = parts.path.lstrip("/")
    try:
        server = psycopg2.connect(parts._replace(path="/postgres").geturl(), connect_timeout=3)
    except psycopg2.OperationalError as error:
        place = f"{parts.hostname}:{parts.port or 5432}"
        sys.exit(f"PostgreSQL does not answer on {place} ({error}); set CI_DATABASE_SERVER.")
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        if action == "create":
            cursor.execute(f'CREATE DATABASE "{name}"')
    server.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
