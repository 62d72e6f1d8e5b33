"""What schemathesis has to know of Aftercare beyond openapi.json: how to sign in, and what an empty parameter means.

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


# What must not be ended or disabled under the one who tests.
OWN: set[str] = set()


@schemathesis.auth(refresh_interval=300, retry_on=[])
class Session:
    """Signs in again before a token expires. A 401 is an answer like any other: many requests are sent to get one."""

    def get(self, case, context):
        session = sign_in()
        token = session["access_token"]
        own = requests.get(f"{URL}/api/v1/identity/sessions", headers={"Authorization": f"Bearer {token}"}, timeout=60).json()
        OWN.update([session["me"]["user_id"], *(row["id"] for row in own["items"] if row["is_current"])])
        return token

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Whoever tests does not lock himself out."""
    parameters = case.path_parameters or {}
    if case.operation.path.startswith("/api/v1/identity/") and parameters.get("id") in OWN and case.method != "GET":
        parameters["id"] = str(uuid.uuid4())


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """`?name=` means the same as no `name`, and an `If-None-Match` that is no ETag of ours matches nothing: neither is refused."""
    named = re.search(r"parameter `([^`]+)` in (query|header)", getattr(failure, "message", ""))
    if type(failure).__name__ != "AcceptedNegativeData" or not named:
        return True
    if named[2] == "header":
        return named[1].lower() != "if-none-match"
    return (case.query or {}).get(named[1]) not in ("", [""])


COUNTS: dict[str, Counter] = defaultdict(Counter)


@schemathesis.hook
def after_call(context, case, response):
    COUNTS[case.operation.label][response.status_code] += 1


@atexit.register
def write_counts():
    with open(os.environ["FUZZ_COUNTS"], "w", encoding="utf-8") as out:
        json.dump(COUNTS, out)
