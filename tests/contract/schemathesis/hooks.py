"""Constraints that a schema cannot express. No check is relaxed and no operation is skipped here."""

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
ERASABLE = STUDIO["erasable"]
RESOURCES = STUDIO["resources"]
# Resources of single requests; the spare avatar may be deleted.
NEEDED = {id for kind, id in RESOURCES.items() if kind != "spareAvatars"}


NOW = 1_790_000_000_000


def cursor(position):
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


# A cursor is opaque: only one that a list could have returned is valid.
schemathesis.openapi.format("cursor", st.builds(lambda row: cursor([NOW, str(row)]), st.uuids(version=4)))


def png(side, shade):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([shade]) * side for _ in range(side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# Random bytes are not an image; valid images test the code behind the image check too.
IMAGES = st.builds(png, st.sampled_from([256, 300]), st.integers(0, 255))
schemathesis.openapi.media_type("image/png", IMAGES)


@schemathesis.hook
def before_call(context, case, kwargs):
    spare_needed_resources(case)
    if case.meta is not None and case.meta.generation.mode.is_positive:
        unique_idempotency_key(case)
        use_public_url(case)
        sign(case, kwargs)
        sign_as_fal(case, kwargs)
        order_time_range(case)
        remove_duplicate_ids(case)
        fix_cursor(case)
    # Erasing the account that all other requests use would answer the rest of the run with 401.
    if case.operation.label == "DELETE /api/v1/me" and case.headers.get("Authorization") == USER:
        case.headers["Authorization"] = f"Bearer {ERASABLE.pop()}"


def spare_needed_resources(case):
    """Protects the prepared resources: schemathesis would delete them, and later requests need them."""
    path = case.path_parameters or {}
    if case.method == "DELETE" or case.operation.path.endswith("/reject"):
        if path.get("id") in NEEDED:
            path["id"] = str(uuid.uuid4())
    elif case.operation.path.endswith(("/bulk", "/resolve")) and isinstance(case.body, dict):
        text = json.dumps(case.body)
        for needed in NEEDED:
            text = text.replace(needed, RESOURCES["spareAvatars"])
        case.body = json.loads(text)


def unique_idempotency_key(case):
    """An idempotency key belongs to one request: reusing a boundary value with other bodies is answered with 422."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and len(key) < 200 and not key.startswith('"'):
        case.headers["Idempotency-Key"] = key + str(uuid.uuid4())


def use_public_url(case):
    """A schema cannot express which addresses are public."""
    if case.operation.path.endswith("/me/webhook") and isinstance(case.body, dict) and "url" in case.body:
        case.body["url"] = f"https://hooks.example.com/{uuid.uuid4()}"


def sign(case, kwargs):
    """The signature of a Replicate webhook covers the exact bytes of its body."""
    if not case.operation.path.endswith("/webhooks/replicate"):
        return
    message, moment, body = f"msg_{uuid.uuid4()}", str(int(time.time())), json.dumps(case.body)
    key = base64.b64decode(STUDIO["webhookSecret"].removeprefix("whsec_"))
    digest = hmac.new(key, f"{message}.{moment}.{body}".encode(), hashlib.sha256).digest()
    kwargs["data"] = body.encode()
    case.headers["webhook-id"] = message
    case.headers["webhook-timestamp"] = moment
    case.headers["webhook-signature"] = f"v1,{base64.b64encode(digest).decode()}"


def sign_as_fal(case, kwargs):
    """fal's signature covers the digest of the exact bytes and our user id."""
    if not case.operation.path.endswith("/webhooks/fal"):
        return
    body = json.dumps(case.body).encode()
    kwargs["data"] = body
    case.headers.update(requests.post(STUDIO["falSignUrl"], data=body).json())


def order_time_range(case):
    """A time range starts before it ends, and is not longer than the limit."""
    query = case.query or {}
    now = datetime.now(timezone.utc)
    for name, moment in (("from", now - timedelta(days=3)), ("to", now)):
        if name in query:
            query[name] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def fix_cursor(case):
    """Lists with their own sort order have their own cursor format."""
    query = case.query or {}
    if "cursor" not in query:
        return
    row = str(uuid.uuid4())
    if case.operation.path.endswith("/avatars"):
        sort = query.get("sort", "createdAt")
        value = {"name": "Ada", "usageCount": 3}.get(sort, NOW)
        query["cursor"] = cursor([sort, query.get("direction", "asc" if sort == "name" else "desc"), value, row])
    elif case.operation.path.endswith("/presets"):
        query["cursor"] = cursor({"of": "own", "at": NOW, "id": row})


def remove_duplicate_ids(case):
    """Real ids may be inserted into lists twice, and the retained avatar must not be among the trashed ones."""
    body = case.body
    if not isinstance(body, dict):
        return
    for name in ("ids", "trash"):
        if isinstance(body.get(name), list):
            body[name] = list(dict.fromkeys(body[name]))
    if isinstance(body.get("changes"), list):
        body["changes"] = list({change["id"]: change for change in body["changes"]}.values())
    if "retain" in body and body["retain"] in body.get("trash", []):
        body["retain"] = str(uuid.uuid4())


@schemathesis.hook
def after_call(context, case, response):
    """Undoes what would refuse all later requests: switches that are off, and a block of the account that sends them."""
    if response.status_code != 200 or case.method != "POST":
        return
    url = response.request.url
    if url.endswith("/admin/new-generations"):
        requests.post(url, json={"paused": False}, headers=ADMIN).raise_for_status()
    elif "/admin/providers/" in url:
        requests.post(url, json={"enabled": True}, headers=ADMIN).raise_for_status()
    elif "/admin/accounts/" in url and url.endswith("/block"):
        unblock = {"blocked": False, "reason": "The run goes on"}
        requests.post(url, json=unblock, headers=ADMIN).raise_for_status()
