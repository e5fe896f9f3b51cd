"""The buyer's next mail: it ends the plan that waits for it, wherever it comes in.

Who a buyer is outlives the words: of the address only a hash is kept.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, exists, select, update

from bot.clock import Clock
from bot.follow_ups.buyer_mail.letters import Letter, brings_mail, letters_read, letters_told
from bot.follow_ups.promises import endings
from bot.follow_ups.promises.model import PlanRecord
from bot.intake.as_json import received_from_json, received_to_json
from bot.intake.model import Reply
from bot.outbox.model import Kind, Row
from bot.outbox.store import Outbox
from bot.reading import reading_from_json
from bot.reading.model import Reading
from bot.storage.database import Database
from bot.storage.events import SeenEvents
from bot.storage.inquiries import Inquiries, lock
from bot.storage.model import InquiryRecord
from bot.storage.tables import inquiries, outbox, plans
from knowledge.model import Verdict

RECEIVED = "received"  # in the payload: the message, until it is dealt with
ENDED = "ended"  # in the payload: how many steps are left out
BUYER = "buyer"  # in the payload: how the sender calls himself
INQUIRY = "inquiry"  # in the payload: the new inquiry the buyer wrote instead of an answer
TELLING = 24  # characters a text must have to be known again by them
COMPARED = 300  # characters


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Knows buyers again."""

    database: Database
    clock: Clock
    outbox: Outbox
    seen: SeenEvents
    inquiries: Inquiries

    def note(self, reply: Reply) -> bool:
        """Have a message in an inquiry's thread looked at, if it may hold a mail; tell whether it will be."""
        if not brings_mail(reply.received):
            return False
        about = self.inquiries.in_thread(reply.team, reply.channel, reply.thread_ts)
        if not about:
            return False
        with self.database.begin() as connection:
            if not self.seen.is_first(f"mail {reply.team} {reply.channel} {reply.ts}", connection):
                return False
            payload = {RECEIVED: received_to_json(reply.received)}
            self._schedule(connection, about[0], reply.posted_by, payload)
            return True

    def deal(self, row: Row, letters: Iterable[Letter]) -> bool:
        """Note that the buyer wrote back, if one of `letters` is theirs; tell whether that ended a plan.

        The message itself is forgotten in the same transaction.
        """
        letters, about = tuple(letters), self._about(row)
        answers = [(one, letter) for one in about for letter in letters if is_answer(letter, one)]
        with self.database.begin() as connection:
            for inquiry, _ in answers:
                lock(connection, inquiry.id)
            if not _is_to_be_dealt_with(connection, row):
                return False
            ended = [(self._answered(connection, inquiry), letter) for inquiry, letter in answers]
            plan, letter = next(((plan, letter) for plan, letter in ended if plan), (None, None))
            outcome = _outcome(plan, letter) if plan and letter else {}
            whose = {"owner": plan.owner, "inquiry_id": plan.inquiry_id} if plan else {}
            dealt_with = update(outbox).where(outbox.c.id == row.id)
            connection.execute(dealt_with.values(payload=json.dumps(outcome), **whose))
            return plan is not None

    def know(self, inquiry: InquiryRecord, reading: Reading, verdict: Verdict) -> None:
        """Keep whose inquiry it is; one by a buyer for whose answer a plan here waits is that answer."""
        address = reading.sender_email or (verdict.facts.email.value if verdict.facts.email else None)
        if address and (hashed := hash_of(inquiry.team, address)) != inquiry.buyer_hash:
            self.inquiries.record_buyer(inquiry.id, hashed)
        for letter in _letters_of(inquiry, reading):
            if not letter.is_automatic:
                self._end_older(inquiry, letter)

    def forget(self, row: Row) -> None:
        """Empty a row that was said."""
        with self.database.begin() as connection:
            connection.execute(update(outbox).where(outbox.c.id == row.id).values(payload="{}"))

    def _end_older(self, inquiry: InquiryRecord, letter: Letter) -> None:
        for older in self._waiting_for(inquiry, letter):
            if not is_answer(letter, older):
                continue
            with self.database.begin() as connection:
                ended = self._answered(connection, older, since=inquiry.received_at)
                if ended:
                    payload = _outcome(ended, letter) | {INQUIRY: inquiry.id}
                    self._schedule(connection, older, ended.owner, payload)

    def _waiting_for(self, inquiry: InquiryRecord, letter: Letter) -> tuple[InquiryRecord, ...]:
        """Return the other inquiries of the buyer in the channel that a plan follows up since before."""
        runs = exists().where(
            plans.c.inquiry_id == inquiries.c.id,
            plans.c.ended_at.is_(None),
            plans.c.started_at <= inquiry.received_at,
        )
        wanted = select(inquiries.c.id).where(
            inquiries.c.buyer_hash == hash_of(inquiry.team, letter.address),
            inquiries.c.team == inquiry.team,
            inquiries.c.channel == inquiry.channel,
            inquiries.c.id != inquiry.id,
            runs,
        )
        in_order = wanted.order_by(inquiries.c.id)  # as all lock them: two mails at once must not deadlock
        with self.database.begin() as connection:
            found = [lock(connection, number) for number in connection.execute(in_order).scalars()]
        return tuple(one for one in found if one)

    def _answered(
        self, connection: Connection, inquiry: InquiryRecord, since: int | None = None
    ) -> PlanRecord | None:
        """Note an answer, and return the plan it ended; one that began after `since` did not wait for it."""
        current = lock(connection, inquiry.id)
        plan = endings.active_plan(connection, inquiry.id)
        if current is None or (since is not None and (plan is None or plan.started_at > since)):
            return None
        ended = endings.buyer_replied(connection, current, by=None, at=self.clock.now_ms())
        self.inquiries.renew_card(connection, current, None)
        return ended

    def _about(self, row: Row) -> tuple[InquiryRecord, ...]:
        found = self.inquiries.get(row.inquiry_id) if row.inquiry_id is not None else None
        about = self.inquiries.in_thread(found.team, found.channel, found.thread_ts) if found else ()
        return tuple(reversed(about))  # rows are locked in the order of their ids

    def _schedule(
        self,
        connection: Connection,
        inquiry: InquiryRecord,
        owner: str | None,
        payload: dict[str, Any],
    ) -> None:
        self.outbox.schedule(
            Kind.BUYER_MAIL,
            team=inquiry.team,
            channel=inquiry.advice_channel or inquiry.channel,
            thread_ts=inquiry.thread_ts,
            inquiry_id=inquiry.id,
            owner=owner,
            payload=payload,
            due_at=self.clock.now_ms(),
            created_by=owner,
            connection=connection,
        )


def hash_of(team: str, address: str) -> str:
    """Return what is kept of a buyer's address; the same address in another workspace is another buyer."""
    return sha256(f"{team}\n{address.strip().lower()}".encode()).hexdigest()


def is_answer(letter: Letter, inquiry: InquiryRecord) -> bool:
    """Tell whether a mail is the buyer's next one: no machine's, none to them, not the inquiry again."""
    buyer = inquiry.buyer_hash
    if buyer is None or letter.is_automatic or hash_of(inquiry.team, letter.address) != buyer:
        return False
    is_to_buyer = any(hash_of(inquiry.team, one) == buyer for one in letter.passed_on_to)
    return not is_to_buyer and not _is_inquiry_itself(letter, inquiry)


def _is_to_be_dealt_with(connection: Connection, row: Row) -> bool:
    # A worker that froze longer than its lease must not undo what the next one found.
    written = connection.execute(select(outbox.c.payload).where(outbox.c.id == row.id).with_for_update())
    return RECEIVED in json.loads(written.scalar_one())


def _is_inquiry_itself(letter: Letter, inquiry: InquiryRecord) -> bool:
    if inquiry.reading is None:
        return False
    # By the words alone: who tries it out changes them, and leaves the header as it was.
    start = _squeezed(reading_from_json(inquiry.reading).text)[:COMPARED]
    return len(start) >= TELLING and _squeezed(letter.text).startswith(start)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _letters_of(inquiry: InquiryRecord, reading: Reading) -> tuple[Letter, ...]:
    told = letters_told(received_from_json(inquiry.received)) if inquiry.received else ()
    return (*told, *letters_read(reading))


def _outcome(ended: PlanRecord, letter: Letter) -> dict[str, Any]:
    return {ENDED: ended.left_out, BUYER: letter.name or ""}
