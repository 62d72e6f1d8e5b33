"""The main job over the Python client that openapi-python-client makes from openapi.json.

Environment: STORY_URL, STORY_PASSWORD, STORY_WORKBOOK (customers to import), STORY_CUSTOMER (one of them), STORY_PHOTO, STORY_SERIAL.
"""

import json
import os
import time
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

from aftercare_sdk import AuthenticatedClient, Client
from aftercare_sdk.api.customers import list_customers
from aftercare_sdk.api.dictionaries import list_dictionary_entries
from aftercare_sdk.api.import_ import start_import
from aftercare_sdk.api.products import list_products
from aftercare_sdk.api.sessions import sign_in
from aftercare_sdk.api.system import download_thumbnail, get_operation, upload_attachment
from aftercare_sdk.api.tickets import (
    assign_ticket,
    audit_ticket,
    call_back_ticket,
    collect_ticket,
    create_ticket,
    diagnose_ticket,
    finish_ticket,
    get_ticket,
    pass_ticket,
    pick_up_ticket,
    settle_ticket,
)
from aftercare_sdk.models import (
    Assignment,
    CallbackDraft,
    CallbackOutcome,
    Channel,
    CollectDraft,
    Credentials,
    Diagnosis,
    FinishDraft,
    IntakeDraft,
    MethodDraft,
    OperationState,
    PayMethod,
    PaymentDraft,
    PickupDraft,
    Priority,
    Problem,
    Remark,
    StartImportDataset,
)
from aftercare_sdk.types import UNSET, File, Response

URL, PASSWORD = os.environ["STORY_URL"], os.environ["STORY_PASSWORD"]


def ok(reply: Response):
    """The parsed body of a success; anything else is raised with the problem in it."""
    if reply.status_code >= 400 or reply.parsed is None:
        raise AssertionError(f"{reply.status_code}: {reply.content.decode()}")
    return reply.parsed


def refused(reply: Response, status: int, code: str) -> None:
    assert reply.status_code == status and isinstance(reply.parsed, Problem), reply
    assert reply.parsed.code == code, reply.parsed


class Person:
    """Somebody who has signed in."""

    def __init__(self, login: str) -> None:
        session = ok(sign_in.sync_detailed(client=Client(URL), body=Credentials(login=login, password=PASSWORD)))
        self.user_id: UUID = session.me.user_id
        self.client = AuthenticatedClient(URL, session.access_token, headers={"Accept-Language": "en"}, timeout=30)

    def named(self, kind: str, words: str) -> UUID:
        page = ok(list_dictionary_entries.sync_detailed(client=self.client, kind=kind, q=words))
        return page.items[0].id

    def step(self, operation, ticket, body):
        """Does something to a ticket as it is now."""
        return operation.sync_detailed(
            ticket.id, client=self.client, body=body, if_match=f'"{ticket.version}"', idempotency_key=str(uuid4())
        )


def upload(person: Person, ticket_id: UUID, purpose: str):
    photo = File(BytesIO(Path(os.environ["STORY_PHOTO"]).read_bytes()))
    return ok(
        upload_attachment.sync_detailed(
            client=person.client, body=photo, subject_kind="ticket", subject_id=ticket_id, purpose=purpose, file_name="photo.png"
        )
    )


def import_customers(clerk: Person) -> UUID:
    """Imports a workbook: first only checked, then for good. Answers the imported customer."""
    workbook = Path(os.environ["STORY_WORKBOOK"]).read_bytes()
    for is_dry_run in (True, False):
        operation = ok(
            start_import.sync_detailed(
                client=clerk.client,
                body=File(BytesIO(workbook)),
                dataset=StartImportDataset.CUSTOMER,
                is_dry_run=is_dry_run,
                file_name="customers.xlsx",
            )
        )
        deadline = time.monotonic() + 60
        while operation.state in (OperationState.QUEUED, OperationState.RUNNING):
            assert time.monotonic() < deadline, "the import ends"
            time.sleep(0.2)
            operation = ok(get_operation.sync_detailed(operation.id, client=clerk.client))
        assert operation.state == OperationState.DONE, operation
        report = json.loads(operation.result)
        assert (report["rows"], report["imported"]) == (2, 0 if is_dry_run else 2), "a dry run records nothing"
    found = ok(list_customers.sync_detailed(client=clerk.client, q=os.environ["STORY_CUSTOMER"]))
    assert len(found.items) == 1
    return found.items[0].id


def intake(desk: Person, customer: UUID):
    """Takes a unit in; the same request again is the same ticket, another one under the same key is refused."""
    product = ok(list_products.sync_detailed(client=desk.client, q="星澜 X9", kind="unit")).items[0]
    draft = IntakeDraft(
        accept=True,
        channel=Channel.COUNTER,
        priority=Priority.NORMAL,
        customer_id=customer,
        serial=os.environ["STORY_SERIAL"],
        product_id=product.id,
        warranty_state_id=desk.named("warranty_state", "保外"),
        fault_ids=[desk.named("fault", "屏")],
        fault_text="screen broken",
    )
    key = str(uuid4())
    ticket = ok(create_ticket.sync_detailed(client=desk.client, body=draft, idempotency_key=key))
    again = create_ticket.sync_detailed(client=desk.client, body=draft, idempotency_key=key)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert ok(again) == ticket, "a retry gets the first answer"
    draft.appearance = "scratched"
    refused(create_ticket.sync_detailed(client=desk.client, body=draft, idempotency_key=key), 422, "idempotency_mismatch")
    return ticket


def page_through(person: Person) -> int:
    """Reads a list to its end; answers how many rows it had."""
    seen, cursor, pages = set(), UNSET, 0
    while True:
        page = ok(list_products.sync_detailed(client=person.client, limit=7, kind="unit", include_total=True, cursor=cursor))
        seen.update(row.id for row in page.items)
        pages += 1
        if not page.has_more:
            break
        cursor = page.next_cursor
    assert pages > 1, "more than one page"
    assert len(seen) == page.total.count, "every row once"
    return len(seen)


def main() -> None:
    logins = ("hz01-qt2", "hz01-gc3", "hz01-zj5", "cw01", "kf01", "zb01", "hz01-kg6")
    desk, bench, inspector, till, care, office, clerk = map(Person, logins)
    ticket = intake(desk, import_customers(clerk))

    # a photo, and what the server made of it
    photo = upload(desk, ticket.id, "appearance")
    small = ok(download_thumbnail.sync_detailed(photo.id, client=desk.client))
    assert small.payload.read(3) == b"\xff\xd8\xff", "a JPEG"

    # conflicts: a step that is not due, a version that is not the present one
    refused(till.step(settle_ticket, ticket, Remark()), 409, "state_conflict")
    before = ticket
    ticket = ok(desk.step(assign_ticket, ticket, Assignment(engineer_id=bench.user_id)))
    method = MethodDraft(method_id=bench.named("repair_method", "更换屏幕"))
    diagnosis = Diagnosis(fault_ids=[desk.named("fault", "屏")], findings="screen assembly broken", methods=[method])
    refused(bench.step(diagnose_ticket, before, diagnosis), 412, "stale")

    # on to the end
    ticket = ok(bench.step(diagnose_ticket, ticket, diagnosis))
    ticket = ok(bench.step(finish_ticket, ticket, FinishDraft()))
    ticket = ok(inspector.step(pass_ticket, ticket, Remark()))
    ticket = ok(till.step(settle_ticket, ticket, Remark()))
    due = ticket.charges.customer_due
    assert float(due.amount) > 0, "out of warranty: the customer pays"
    paying = {
        "client": till.client,
        "body": CollectDraft(payments=[PaymentDraft(amount=due, method=PayMethod.CASH)]),
        "if_match": f'"{ticket.version}"',
        "idempotency_key": str(uuid4()),
    }
    ok(collect_ticket.sync_detailed(ticket.id, **paying))
    repaid = collect_ticket.sync_detailed(ticket.id, **paying)
    assert repaid.headers["Idempotent-Replayed"] == "true", "the money is taken once"
    signature = upload(desk, ticket.id, "signature")
    ticket = ok(get_ticket.sync_detailed(ticket.id, client=desk.client))
    ticket = ok(desk.step(pick_up_ticket, ticket, PickupDraft(returned_accessory_ids=[], signature_id=signature.id)))
    ticket = ok(care.step(call_back_ticket, ticket, CallbackDraft(outcome=CallbackOutcome.SATISFIED, score=5)))
    ticket = ok(office.step(audit_ticket, ticket, Remark()))
    assert ticket.state == "audited", ticket.state
    print(
        f"Python: {ticket.number} from intake to audit, {due.amount} {due.currency} collected, "
        f"{page_through(desk)} products read page by page"
    )


if __name__ == "__main__":
    main()
