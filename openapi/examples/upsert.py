"""Brings customers of another system over under the names that it has for them. Sent twice, or by two programs at once, it is one record."""

import os

from aftercare_sdk import AuthenticatedClient, Client
from aftercare_sdk.api.customers import put_customer
from aftercare_sdk.api.sessions import sign_in
from aftercare_sdk.models import Credentials, Customer, CustomerDraft, CustomerKind, Problem, Session

URL = os.environ.get("AFTERCARE_URL", "http://127.0.0.1:8080")
LOGIN = os.environ.get("AFTERCARE_LOGIN", "hz01-kg6")
PASSWORD = os.environ.get("AFTERCARE_PASSWORD", "demo-2026")

# What the other system knows: its own id, name, phone.
CUSTOMERS = [
    ("C-1001", CustomerDraft(name="West Lake Education", kind=CustomerKind.COMPANY, phone="057188886666", region="浙江省杭州市")),
    ("C-1002", CustomerDraft(name="周到", kind=CustomerKind.PERSON, phone="13600001002")),
]

session = sign_in.sync(client=Client(URL), body=Credentials(login=LOGIN, password=PASSWORD))
if not isinstance(session, Session):
    raise SystemExit(f"cannot sign in: {session}")
client = AuthenticatedClient(URL, session.access_token, headers={"Accept-Language": "en"})

for external_id, draft in CUSTOMERS:
    answer = put_customer.sync("crm", external_id, client=client, body=draft)
    if isinstance(answer, Problem):
        # `errors` names each wrong value by its place in the body
        raise SystemExit("\n".join([answer.detail, *(f"{error.pointer}: {error.message}" for error in answer.errors)]))
    assert isinstance(answer, Customer)
    print(f"{external_id} is {answer.id}")
