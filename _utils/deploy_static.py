"""Puts the built front end into a bucket that serves it: `make deploy-static BUCKET=name`.

Files that are named after their content go first and stay for good, so that a page that is open
during a deploy still finds what it names; `index.html`, which names them, goes last. Credentials
and the endpoint come from boto3's own settings (`AWS_…`).
"""

import mimetypes
import sys
from pathlib import Path
from typing import Any

import boto3

IMMUTABLE = "public, max-age=31536000, immutable"
FRESH = "no-cache"


def publish(bucket: str, folder: Path, client: Any) -> list[str]:
    """Upload what `folder` holds and return the names in the order they went up."""
    if not (folder / "index.html").is_file():
        raise FileNotFoundError(f"{folder} holds no built site: run `npm run build` in frontend/")
    # A bucket cannot choose between a file and its compressed copies.
    files = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".gz", ".br"} and ".vite" not in path.parts
    ]
    files.sort(key=lambda path: (path.name == "index.html", path.parent.name != "assets", path))
    names = []
    for path in files:
        name = path.relative_to(folder).as_posix()
        kind = "application/manifest+json" if path.suffix == ".webmanifest" else None
        kind = kind or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        client.put_object(
            Bucket=bucket,
            Key=name,
            Body=path.read_bytes(),
            ContentType=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            CacheControl=IMMUTABLE if name.startswith("assets/") else FRESH,
        )
        names.append(name)
    return names


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python _utils/deploy_static.py BUCKET")
    dist = Path(__file__).resolve().parent.parent / "frontend" / "dist"
    done = publish(sys.argv[1], dist, boto3.client("s3"))
    print(f"{len(done)} files are in {sys.argv[1]}")
