"""What schemathesis has to know of Aftercare beyond openapi.json: how to sign in, which records there are, what an empty parameter means.

Made-up ids lead nowhere but to 404, and made-up versions to 412. So most ids that fit are replaced by those of real records, by the name of
the field or the path, and most `If-Match` by the present version: then a request meets the rules of the business.

Reads FUZZ_URL, FUZZ_LOGIN, FUZZ_PASSWORD; writes to FUZZ_COUNTS how often each operation answered with which status.
"""

import atexit
import itertools
import json
import os
import re
import uuid
from collections import Counter, defaultdict

import requests
import schemathesis

URL, LOGIN, PASSWORD = (os.environ[name] for name in ("FUZZ_URL", "FUZZ_LOGIN", "FUZZ_PASSWORD"))

# Guessed logins use up what one address may try in a minute: each of our own comes from another address, which the server believes
# from a trusted proxy.
addresses = itertools.count(1)


def sign_in() -> dict:
    number = next(addresses)
    reply = requests.post(
        f"{URL}/api/v1/identity/sessions",
        json={"login": LOGIN, "password": PASSWORD},
        headers={"X-Forwarded-For": f"192.0.2.{number % 250 + 1}"},
        timeout=60,
    )
    reply.raise_for_status()
    return reply.json()


# What must not be ended, disabled or stripped under the one who tests.
OWN: set[str] = set()


@schemathesis.auth(refresh_interval=300, retry_on=[])
class Session:
    """Signs in again before a token expires. A 401 is an answer like any other: many requests are sent to get one."""

    def get(self, case, context):
        session = sign_in()
        me, token = session["me"], session["access_token"]
        own = read(token, "/api/v1/identity/sessions") or {"items": []}
        roles = read(token, "/api/v1/identity/roles?limit=200") or {"items": []}
        OWN.update([me["user_id"], me["org_id"]])
        OWN.update(row["id"] for row in own["items"] if row["is_current"])
        OWN.update(row["id"] for row in roles["items"] if {row.get("name"), row.get("name_zh"), row.get("name_en")} & set(me["roles"]))
        RECORDS.fill(token)
        return token

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


def read(token: str, path: str):
    reply = requests.get(f"{URL}{path}", headers={"Authorization": f"Bearer {token}"}, timeout=60)
    return reply.json() if reply.status_code == 200 else None


class Records:
    """Ids of real records by the path of their list and by the name of the field that points to them, and their versions."""

    SAME = {"supplier_id": "customer_id", "party_id": "customer_id", "maker_id": "customer_id", "member_id": "customer_id"}
    LISTS = {"customers": "customer_id", "products": "product_id", "units": "unit_id", "warehouses": "warehouse_id", "users": "user_id"}

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = defaultdict(list)
        self.versions: dict[str, int] = {}
        self.filled = False

    def fill(self, token: str) -> None:
        """Reads every list that asks for nothing."""
        if self.filled:
            return
        self.filled = True
        paths = json.load(open(DOCUMENT, encoding="utf-8"))["paths"]
        for path, methods in paths.items():
            parameters = methods.get("get", {"parameters": [{"required": True}]}).get("parameters", [])
            if "{" in path or any(parameter.get("required") for parameter in parameters):
                continue
            limit = "?limit=100" if any(parameter["name"] == "limit" for parameter in parameters) else ""
            found = read(token, path + limit)
            for row in found.get("items", []) if isinstance(found, dict) else []:
                if isinstance(row, dict):
                    self.take(path, row)

    def take(self, path: str, row: dict) -> None:
        names = [path, self.LISTS.get(path.rsplit("/", 1)[-1], "")]
        if path.endswith("/dictionaries"):
            names.append(f"{row.get('kind')}_id")
        pointers = [(name, value) for name, value in row.items() if name.endswith("_id")]
        for name, value in [*((name, row.get("id")) for name in names), *pointers]:
            if name and isinstance(value, str) and value not in self.ids[name]:
                self.ids[name].append(value)
        self.note(row)

    def note(self, value) -> None:
        """Remembers the versions that an answer tells."""
        if isinstance(value, dict):
            if isinstance(value.get("id"), str) and isinstance(value.get("version"), int):
                self.versions[value["id"]] = value["version"]
            for part in value.get("items", []) if isinstance(value.get("items"), list) else []:
                self.note(part)

    def real(self, name: str, value):
        """A real id in the place of a made-up one; now and then the made-up one, which leads nowhere."""
        known = self.ids.get(name) or self.ids.get(self.SAME.get(name, ""))
        if not known or not isinstance(value, str) or not UUID.fullmatch(value) or next(turns) % 8 == 0:
            return value
        return known[int(value.replace("-", ""), 16) % len(known)]

    def body(self, value, name: str = ""):
        """The same body with real ids in it."""
        if isinstance(value, dict):
            return {key: self.body(part, key) for key, part in value.items()}
        if isinstance(value, list):
            return [self.body(part, name.removesuffix("s")) for part in value]
        return self.real(name, value)


UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DOCUMENT = os.path.join(os.path.dirname(__file__), "..", "openapi.json")
RECORDS = Records()
turns = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts real records into the request, and keeps the one who tests from locking himself out."""
    path, parameters = case.operation.path, case.path_parameters or {}
    if "id" in parameters:
        parameters["id"] = RECORDS.real(path.split("/{id}")[0], parameters["id"])
        if path.startswith("/api/v1/identity/") and parameters["id"] in OWN and case.method != "GET":
            parameters["id"] = str(uuid.UUID(int=next(turns)))
    if isinstance(case.query, dict):
        case.query = {name: RECORDS.real(name, value) for name, value in case.query.items()}
    if isinstance(case.body, (dict, list)):
        case.body = RECORDS.body(case.body)
    version = RECORDS.versions.get(parameters.get("id"))
    sent = (case.headers or {}).get("If-Match")
    if version and isinstance(sent, str) and re.fullmatch('"[0-9]+"', sent) and next(turns) % 8:
        case.headers["If-Match"] = f'"{version}"'


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """`?name=` means the same as no `name`, and an `If-None-Match` that is no ETag of ours matches nothing: neither is refused.

    A page or a picture is no JSON that could break its schema; its media type is held against the document all the same.
    """
    if type(failure).__name__ == "JsonSchemaError":
        return "json" in response.headers.get("content-type", [""])[0]
    if type(failure).__name__ != "AcceptedNegativeData":
        return True
    tag = (case.headers or {}).get("If-None-Match")
    if tag is not None and not (isinstance(tag, str) and re.fullmatch('"[0-9]{1,38}"', tag)):
        return False
    named = re.search(r"parameter `([^`]+)` in query", getattr(failure, "message", ""))
    return not named or (case.query or {}).get(named[1]) not in ("", [""])


COUNTS: dict[str, Counter] = defaultdict(Counter)


@schemathesis.hook
def after_call(context, case, response):
    COUNTS[case.operation.label][response.status_code] += 1
    if response.status_code in (200, 201):
        try:
            RECORDS.note(response.json())
        except ValueError:
            pass  # a file


@atexit.register
def write_counts():
    with open(os.environ["FUZZ_COUNTS"], "w", encoding="utf-8") as out:
        json.dump(COUNTS, out)
