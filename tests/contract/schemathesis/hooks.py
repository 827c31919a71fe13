"""What a schema can't say to schemathesis. No check is softened and no operation left out here."""

import base64
import hashlib
import hmac
import json
import os
import struct
import time
import uuid
import zlib
from datetime import datetime, timedelta, timezone

import requests
import schemathesis
from hypothesis import strategies as st

STUDIO = json.loads(os.environ["STUDIO"])
USER = f"Bearer {STUDIO['user']}"
ADMIN = {"Authorization": f"Bearer {STUDIO['admin']}"}
LEAVERS = STUDIO["leavers"]
FURNISHED = STUDIO["furnished"]
# What single requests are about; the spare avatar may go.
NEEDED = {id for kind, id in FURNISHED.items() if kind != "spareAvatars"}


NOW = 1_790_000_000_000


def cursor(position):
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


# A cursor is opaque: only what a list may have handed out is one.
schemathesis.openapi.format("cursor", st.builds(lambda row: cursor([NOW, str(row)]), st.uuids(version=4)))


def png(side, shade):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([shade]) * side for _ in range(side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# Bytes at random are no picture; these are, and so the road behind the door is tried too.
PICTURES = st.builds(png, st.sampled_from([256, 300]), st.integers(0, 255))
schemathesis.openapi.media_type("image/png", PICTURES)


@schemathesis.hook
def before_call(context, case, kwargs):
    keep_what_is_needed(case)
    if case.meta is not None and case.meta.generation.mode.is_positive:
        another_key(case)
        public_url(case)
        signed(case, kwargs)
        in_order(case)
        each_once(case)
        going_on(case)
    # Erasing the one person everything else is tried with would answer the rest of the run with 401.
    if case.operation.label == "DELETE /api/v1/me" and case.headers.get("Authorization") == USER:
        case.headers["Authorization"] = f"Bearer {LEAVERS.pop()}"


def keep_what_is_needed(case):
    """Schemathesis deletes what it finds, and would find nothing afterwards."""
    path = case.path_parameters or {}
    if case.method == "DELETE" or case.operation.path.endswith("/reject"):
        if path.get("id") in NEEDED:
            path["id"] = str(uuid.uuid4())
    elif case.operation.path.endswith(("/bulk", "/resolve")) and isinstance(case.body, dict):
        text = json.dumps(case.body)
        for needed in NEEDED:
            text = text.replace(needed, FURNISHED["spareAvatars"])
        case.body = json.loads(text)


def another_key(case):
    """One key is for one request: a boundary that is tried with many bodies would give 422 for all but the first."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and len(key) < 200 and not key.startswith('"'):
        case.headers["Idempotency-Key"] = key + str(uuid.uuid4())


def public_url(case):
    """No schema can say which addresses are public."""
    if case.operation.path.endswith("/me/webhook") and isinstance(case.body, dict) and "url" in case.body:
        case.body["url"] = f"https://hooks.example.com/{uuid.uuid4()}"


def signed(case, kwargs):
    """A message of the painter is signed over its very bytes."""
    if not case.operation.path.endswith("/webhooks/replicate"):
        return
    message, moment, body = f"msg_{uuid.uuid4()}", str(int(time.time())), json.dumps(case.body)
    key = base64.b64decode(STUDIO["webhookSecret"].removeprefix("whsec_"))
    digest = hmac.new(key, f"{message}.{moment}.{body}".encode(), hashlib.sha256).digest()
    kwargs["data"] = body.encode()
    case.headers["webhook-id"] = message
    case.headers["webhook-timestamp"] = moment
    case.headers["webhook-signature"] = f"v1,{base64.b64encode(digest).decode()}"


def in_order(case):
    """A span begins before it ends, not years before, and not in the year 169."""
    query = case.query or {}
    now = datetime.now(timezone.utc)
    for name, moment in (("from", now - timedelta(days=3)), ("to", now)):
        if name in query:
            query[name] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def going_on(case):
    """Lists with an order of their own have cursors of their own."""
    query = case.query or {}
    if "cursor" not in query:
        return
    row = str(uuid.uuid4())
    if case.operation.path.endswith("/avatars"):
        sort = query.get("sort", "createdAt")
        value = {"name": "Ada", "usageCount": 3}.get(sort, NOW)
        query["cursor"] = cursor([sort, query.get("order", "asc" if sort == "name" else "desc"), value, row])
    elif case.operation.path.endswith("/presets"):
        query["cursor"] = cursor({"of": "own", "at": NOW, "id": row})


def each_once(case):
    """Real ids are put into lists by chance, also twice; and the one that is kept is not among those that go."""
    body = case.body
    if not isinstance(body, dict):
        return
    for name in ("ids", "trash"):
        if isinstance(body.get(name), list):
            body[name] = list(dict.fromkeys(body[name]))
    if "keep" in body and body["keep"] in body.get("trash", []):
        body["keep"] = str(uuid.uuid4())


@schemathesis.hook
def after_call(context, case, response):
    """What switches the studio off for everybody is switched on again."""
    if response.status_code != 200 or case.method != "POST":
        return
    url = response.request.url
    if url.endswith("/admin/intake"):
        requests.post(url, json={"paused": False}, headers=ADMIN).raise_for_status()
    elif "/admin/providers/" in url:
        requests.post(url, json={"enabled": True}, headers=ADMIN).raise_for_status()
