"""The buyer's next mail ends the plan; our own words, machines and the inquiry itself do not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import pytest

from bot.advice.advise import judge
from bot.advice.record import verdict_to_json
from bot.errors import Unreadable
from bot.follow_ups.buyer_mail.correspondence import Correspondence, hash_of
from bot.follow_ups.buyer_mail.speaker import BuyerMailSpeaker
from bot.follow_ups.promises.plans import Started
from bot.follow_ups.promises.states import we_owe
from bot.intake.model import Arrival, Received, Reply, SlackFile, SlackMail, Via
from bot.outbox.model import Kind, NotYet, Row
from bot.reading import read_received, reading_to_json
from bot.storage import Database
from bot.storage.model import InquiryRecord
from tests.bot.follow_ups.desk_of_follow_ups import MEI, TOM, FollowUpDesk, known
from tests.bot.follow_ups.mails_of_two import (
    ANSWER,
    GMAIL_QUOTE,
    OURS,
    PASTED,
    PEDRO,
    QUOTING,
    US,
    as_ours,
    eml,
    with_attached,
)

TS = "1700000001.000100"
INQUIRY = """From: Pedro Alves <pedro@casaluz.example>
Sent: Monday, November 23, 2026 9:12 AM
To: Mei Chen <mei@brightlamp.example>
Subject: LED lamps

Hello, we import lamps to Brazil. Please quote 500 pcs of LED lamps, FOB Ningbo, with CE certificates.
Pedro Alves, Casa Luz
"""


@dataclass
class Office:
    """The desk, with mail coming in."""

    desk: FollowUpDesk
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        desk = self.desk
        self.correspondence = Correspondence(
            desk.database, desk.clock, desk.outbox, desk.seen, desk.inquiries
        )
        self.speaker = BuyerMailSpeaker(
            self.correspondence,
            desk.inquiries,
            self.fetch,
            desk.people,
            lambda team: "https://acme.example.com/",
            desk.clock,
        )

    def fetch(self, _team: str, file: SlackFile) -> bytes:
        if file.id not in self.files:
            raise Unreadable("unreachable", file.name)
        return self.files[file.id]

    def received(self, text: str = "", *raw: bytes, name: str = "mail.eml") -> Received:
        files = []
        for content in raw:
            number = f"F{len(self.files)}"
            self.files[number] = content
            files.append(slack_file(number, name))
        return Received(text, files=tuple(files))

    def inquiry(self, text: str = INQUIRY, ts: str = TS, channel: str = "C0INQUIRY") -> InquiryRecord:
        return self.take_in(Received(text), ts, channel)

    def take_in(self, received: Received, ts: str, channel: str = "C0INQUIRY") -> InquiryRecord:
        """Return an inquiry that came in and was read."""
        came = Arrival("T1", channel, ts, ts, Via.MESSAGE, MEI, received)
        number = self.desk.inquiries.receive(came).inquiry_id
        self.desk.outbox.cancel_for_inquiry(number)
        return self.read(number)

    def read(self, number: int) -> InquiryRecord:
        """Read an inquiry as its speaker does."""
        inquiry = self.desk.again(number)
        reading = read_received(received=_received(inquiry), fetch=lambda file: self.fetch("T1", file))
        verdict = judge(known(), reading)
        self.desk.inquiries.record_reading(number, reading_to_json(reading))
        self.desk.inquiries.record_verdict(number, verdict_to_json(verdict), verdict.type, 0.9, "en")
        self.correspondence.know(inquiry, reading, verdict)
        return self.desk.again(number)

    def planned(self, text: str = INQUIRY, owner: str = MEI) -> tuple[InquiryRecord, int]:
        """Return an inquiry that a plan follows up, and the plan."""
        inquiry = self.inquiry(text)
        self.desk.clock.pass_by(60)
        started = self.desk.plans.start(inquiry, "quote", owner=owner, by=owner)
        assert isinstance(started, Started)
        return self.desk.again(inquiry), started.plan_id

    def bring(self, received: Received, thread: str = TS, ts: str = "1700000009.000900") -> list[str]:
        """Let a message come into a thread, and return what is said about it."""
        self.correspondence.note(Reply("T1", "C0INQUIRY", ts, thread, MEI, received))
        return self.say_all()

    def say_all(self) -> list[str]:
        """Say what there is to say about mails, and return it."""
        said = []
        while row := self.next_mail():
            try:
                utterance = self.speaker.compose(row)
            except NotYet as not_yet:
                self.desk.claims.put_back(row, not_yet.seconds)
                continue
            if utterance is None:
                self.desk.claims.drop(row)
            else:
                said.append(utterance.forms[0].text)
                self.desk.land(row)
                self.speaker.said(row, row.channel, "1.1")
        return said

    def next_mail(self) -> Row | None:
        while row := self.desk.claims.claim():
            if row.kind is Kind.BUYER_MAIL:
                return row
            assert row.kind is Kind.ADVICE_UPDATE
            self.desk.claims.drop(row)
        return None

    def is_followed(self, inquiry: InquiryRecord) -> bool:
        return self.desk.plans.active(inquiry.id) is not None

    def kept(self) -> str:
        return str([row.payload for row in self.desk.rows()])


def _received(inquiry: InquiryRecord) -> Received:
    from bot.intake.as_json import received_from_json

    return received_from_json(inquiry.received or "")


def slack_file(number: str, name: str, mail: SlackMail | None = None) -> SlackFile:
    return SlackFile(
        id=number,
        name=name,
        mimetype="",
        filetype="email" if mail else "",
        mode="email" if mail else "hosted",
        size=100,
        url="https://files.example.com/f",
        is_external=False,
        file_access="visible",
        mail=mail,
    )


def slack_mail(sender: str, subject: str, text: str) -> Received:
    """Return a message that is a mail Slack received."""
    mail = SlackMail(subject, sender, text, "", False, "Mon, 30 Nov 2026 10:00:00 +0000", "<1@x>", None, ())
    return Received("", files=(slack_file("F-mail", "mail", mail),))


@pytest.fixture
def office(desk: FollowUpDesk) -> Office:
    return Office(desk)


# who the buyer is


def test_of_the_buyers_address_a_hash_is_kept(office: Office) -> None:
    inquiry = office.inquiry()
    assert inquiry.buyer_hash == sha256(b"T1\npedro@casaluz.example").hexdigest()
    assert hash_of("T1", "Pedro@CasaLuz.example") == inquiry.buyer_hash
    assert hash_of("T2", "pedro@casaluz.example") != inquiry.buyer_hash


def test_an_address_in_the_words_is_the_buyers_where_no_header_names_one(office: Office) -> None:
    inquiry = office.inquiry("Please quote 500 pcs of LED lamps. Pedro, Casa Luz, pedro@casaluz.example")
    assert inquiry.buyer_hash == hash_of("T1", "pedro@casaluz.example")


def test_no_address_is_no_buyer(office: Office) -> None:
    inquiry, _ = office.planned("Please quote 500 pcs of LED lamps.")
    assert inquiry.buyer_hash is None
    assert office.bring(Received(PASTED["Outlook"])) == []
    assert office.is_followed(inquiry)


# in the thread

BUYERS: dict[str, bytes] = {
    "a mail": eml(),
    "a mail without a date": eml(date=None),
    "a mail in capitals": eml(sender="PEDRO@CASALUZ.EXAMPLE"),
    "a mail that quotes ours": eml(
        text=f"{ANSWER}\n\nOn Tue, Nov 24, 2026 Mei <mei@brightlamp.example> wrote:\n> {OURS}"
    ),
    "a mail a colleague forwards": eml(
        sender=US,
        to="sales@brightlamp.example",
        subject="Fwd: Quotation",
        text=f"FYI\n\n{PASTED['Gmail forward']}",
    ),
    "a mail a colleague attaches": with_attached(
        eml(sender=US, to="sales@brightlamp.example", subject="FW: Quotation", text="see attached"), eml()
    ),
}


@pytest.mark.parametrize("raw", BUYERS.values(), ids=BUYERS)
def test_a_mail_of_the_buyers_in_the_thread_ends_the_plan(office: Office, raw: bytes) -> None:
    inquiry, _ = office.planned()
    (said,) = office.bring(office.received("he answered", raw))
    assert "Pedro Alves" in said or "CAPITALS" in str(raw) or "The buyer" in said
    assert "4 steps are left out" in said
    assert f"<@{MEI}>" in said
    assert not office.is_followed(inquiry)
    assert we_owe(office.desk.again(inquiry))


@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
@pytest.mark.parametrize("way", ["pasted", "shared", "snippet"])
def test_a_mail_pasted_with_its_header_ends_the_plan(office: Office, text: str, way: str) -> None:
    inquiry, _ = office.planned()
    ways: Mapping[str, Received] = {
        "pasted": Received(text),
        "shared": Received("look", forwarded=(text,)),
        "snippet": office.received("", text.encode(), name="Untitled.txt"),
    }
    (said,) = office.bring(ways[way])
    assert "Pedro Alves wrote back" in said
    assert not office.is_followed(inquiry)


def test_a_mail_shared_from_another_channel_ends_the_plan(office: Office) -> None:
    inquiry, _ = office.planned()
    assert len(office.bring(slack_mail(PEDRO, "Re: Quotation", ANSWER))) == 1
    assert not office.is_followed(inquiry)


OWN: dict[str, bytes] = (
    {f"ours, quoting as {name} does": eml(US, PEDRO, "Re: LED lamps", text) for name, text in QUOTING.items()}
    | {
        f"ours under a new subject, quoting as {name} does": eml(US, PEDRO, "Your inquiry", text)
        for name, text in QUOTING.items()
    }
    | {
        "ours": eml(US, PEDRO, text=OURS),
        "ours, his mail attached": with_attached(eml(US, PEDRO, text="see below"), eml()),
        "ours, his mail forwarded to him": eml(US, PEDRO, "Fwd: LED lamps", PASTED["Gmail forward"]),
        "a stranger's": eml("Ann <ann@other.example>"),
        "of his colleague": eml("Ana <ana@casaluz.example>"),
    }
)


@pytest.mark.parametrize("raw", OWN.values(), ids=OWN)
def test_a_mail_that_the_buyer_did_not_write_ends_nothing(office: Office, raw: bytes) -> None:
    inquiry, plan = office.planned()
    assert office.bring(office.received("", raw)) == []
    assert office.desk.plans.steps_left(plan) == 4
    assert not we_owe(office.desk.again(inquiry))


@pytest.mark.parametrize("text", [*map(as_ours, PASTED.values()), *QUOTING.values()], ids=[*PASTED, *QUOTING])
def test_our_own_words_pasted_end_nothing(office: Office, text: str) -> None:
    _inquiry, plan = office.planned()
    for number, received in enumerate((Received(text), Received("", forwarded=(text,)))):
        assert office.bring(received, ts=f"17000000{number}0.1") == []
    assert office.desk.plans.steps_left(plan) == 4


@pytest.mark.parametrize("subject", ["Re: LED lamps", "Your inquiry"])
@pytest.mark.parametrize("text", QUOTING.values(), ids=QUOTING)
def test_our_own_mail_as_slack_received_it_ends_nothing(office: Office, text: str, subject: str) -> None:
    inquiry, _ = office.planned()
    assert office.bring(slack_mail(US, subject, text)) == []
    assert office.is_followed(inquiry)


AUTOMATIC: dict[str, bytes] = {
    "Auto-Submitted": eml(Auto_Submitted="auto-replied"),
    "Auto-Submitted with a reason": eml(Auto_Submitted="auto-generated; reason"),
    "Precedence": eml(Precedence="bulk"),
    "X-Autoreply": eml(X_Autoreply="yes"),
    "Exchange": eml(subject="Automatic reply: Quotation LED lamps"),
    "out of office": eml(subject="Out of Office: Quotation"),
    "QQ": eml(subject="自动回复: Quotation LED lamps"),
    "NetEase": eml(subject="自动回复:Re: Quotation"),
    "Portuguese": eml(subject="Resposta automática: Quotation"),
}


@pytest.mark.parametrize("raw", AUTOMATIC.values(), ids=AUTOMATIC)
def test_a_machine_that_answers_for_the_buyer_ends_nothing(office: Office, raw: bytes) -> None:
    inquiry, _ = office.planned()
    assert office.bring(office.received("", raw)) == []
    assert office.is_followed(inquiry)


def test_a_subject_that_speaks_of_automatic_things_is_no_machine(office: Office) -> None:
    inquiry, _ = office.planned()
    assert office.bring(office.received("", eml(subject="Re: automatic reply lamps"))) != []
    assert not office.is_followed(inquiry)


def test_the_inquiry_itself_brought_again_ends_nothing(office: Office) -> None:
    inquiry, _ = office.planned()
    assert office.bring(Received(INQUIRY)) == []
    assert office.is_followed(inquiry)


def test_the_inquiry_as_a_mail_brought_again_ends_nothing(office: Office) -> None:
    raw = eml(subject="LED lamps", text=INQUIRY.partition("\n\n")[2])
    inquiry, _ = office.planned()
    assert office.bring(office.received("", raw)) == []
    assert office.is_followed(inquiry)


def test_a_mail_of_the_same_date_line_is_another_one(office: Office) -> None:
    inquiry, _ = office.planned()
    assert len(office.bring(Received(INQUIRY.partition("\n\n")[0] + f"\n\n{ANSWER}"))) == 1
    assert not office.is_followed(inquiry)


TALK = ["Pedro called, he is happy", "see pedro@casaluz.example", "> From: him", "he said: wait until Friday"]


@pytest.mark.parametrize("text", TALK)
def test_talk_among_colleagues_is_not_looked_at(office: Office, text: str) -> None:
    _inquiry, _ = office.planned()
    assert office.bring(Received(text)) == []
    assert [row.kind for row in office.desk.rows() if row.kind == "buyer_mail"] == []


def test_pictures_and_documents_are_not_looked_at(office: Office) -> None:
    office.planned()
    received = office.received("", b"%PDF-1.4", name="price.pdf")
    assert not office.correspondence.note(Reply("T1", "C0INQUIRY", "1.9", TS, MEI, received))


def test_a_thread_without_an_inquiry_is_not_looked_at(office: Office) -> None:
    reply = Reply("T1", "C0INQUIRY", "1.9", "1.8", MEI, Received(PASTED["Outlook"]))
    assert not office.correspondence.note(reply)


def test_a_message_slack_tells_of_twice_is_one(office: Office) -> None:
    office.planned()
    reply = Reply("T1", "C0INQUIRY", "1.9", TS, MEI, Received(PASTED["Outlook"]))
    assert office.correspondence.note(reply)
    assert not office.correspondence.note(reply)
    assert len(office.say_all()) == 1


def test_without_a_plan_an_answer_is_noted_and_nothing_said(office: Office) -> None:
    inquiry = office.inquiry()
    office.desk.states.set_state(inquiry, "quoted", MEI)
    assert office.bring(Received(PASTED["Outlook"])) == []
    assert we_owe(office.desk.again(inquiry))


def test_the_card_is_renewed_when_the_buyer_wrote(office: Office) -> None:
    office.planned()
    office.correspondence.note(Reply("T1", "C0INQUIRY", "1.9", TS, MEI, Received(PASTED["Outlook"])))
    row = office.desk.claim()
    with pytest.raises(NotYet):
        office.speaker.compose(row)
    assert "advice_update" in [row.kind for row in office.desk.waiting()]


def test_of_two_inquiries_in_a_thread_the_buyers_is_answered(office: Office) -> None:
    inquiry, _ = office.planned()
    other = Arrival(
        "T1", "C0INQUIRY", "1700000005.1", TS, Via.MENTION, MEI, Received("500 pcs, ann@x.example")
    )
    number = office.desk.inquiries.receive(other).inquiry_id
    office.desk.outbox.cancel_for_inquiry(number)
    office.read(number)
    assert len(office.bring(Received(PASTED["Outlook"]))) == 1
    assert not office.is_followed(inquiry)


def test_of_two_inquiries_of_the_buyers_in_a_thread_the_planned_one_is_answered(office: Office) -> None:
    inquiry, _ = office.planned()
    other = Arrival("T1", "C0INQUIRY", "1700000005.1", TS, Via.MENTION, MEI, Received(INQUIRY))
    number = office.desk.inquiries.receive(other).inquiry_id
    office.desk.outbox.cancel_for_inquiry(number, Kind.ADVICE)
    office.read(number)
    assert len(office.bring(Received(PASTED["Outlook"]))) == 1
    assert not office.is_followed(inquiry)


def test_an_erased_inquiry_knows_its_buyer(office: Office) -> None:
    inquiry, _ = office.planned()
    office.desk.inquiries.erase(inquiry.id)
    assert len(office.bring(office.received("", eml()))) == 1
    assert not office.is_followed(inquiry)


def test_the_owner_of_the_plan_hears_of_it(office: Office) -> None:
    office.planned(owner=TOM)
    (said,) = office.bring(Received(PASTED["Outlook"]))
    assert f"<@{TOM}>" in said


def test_a_sender_cannot_call_anybody(office: Office) -> None:
    office.planned()
    sender = "<!channel> *Pedro* <pedro@casaluz.example>"
    (said,) = office.bring(slack_mail(sender, "Re: x", ANSWER))
    assert "<!channel>" not in said


def test_of_the_message_nothing_is_kept(office: Office) -> None:
    office.planned()
    office.bring(Received(PASTED["Outlook"]))
    office.bring(Received(as_ours(PASTED["Outlook"])), ts="1700000010.1")
    assert "casaluz" not in office.kept()
    assert "price" not in office.kept()
    assert "Pedro" not in office.kept()


# what fails on the way


def test_a_file_slack_does_not_hand_over_is_asked_for_again(office: Office) -> None:
    inquiry, _ = office.planned()
    received = office.received("", eml())
    raw = office.files.pop("F0")
    office.correspondence.note(Reply("T1", "C0INQUIRY", "1.9", TS, MEI, received))
    row = office.desk.claim()
    with pytest.raises(NotYet) as waits:
        office.speaker.compose(row)
    assert waits.value.seconds > 0
    office.desk.claims.put_back(row, 0)
    office.files["F0"] = raw
    assert len(office.say_all()) == 1
    assert not office.is_followed(inquiry)


def test_a_file_that_never_comes_is_given_up_in_silence(office: Office) -> None:
    inquiry, _ = office.planned()
    received = office.received("", eml())
    office.files.clear()
    office.correspondence.note(Reply("T1", "C0INQUIRY", "1.9", TS, MEI, received))
    office.desk.clock.pass_by(180)
    assert office.say_all() == []
    assert office.is_followed(inquiry)


def test_a_worker_that_dies_before_it_speaks_leaves_the_sentence(office: Office) -> None:
    office.planned()
    office.correspondence.note(Reply("T1", "C0INQUIRY", "1.9", TS, MEI, Received(PASTED["Outlook"])))
    with pytest.raises(NotYet):
        office.speaker.compose(office.desk.claim())
    office.desk.clock.pass_by(61)
    assert office.say_all() == []  # the lease is over, the row settles
    office.desk.clock.pass_by(16)
    assert len(office.say_all()) == 1


def test_a_worker_that_froze_undoes_nothing(office: Office) -> None:
    office.planned()
    office.correspondence.note(Reply("T1", "C0INQUIRY", "1.9", TS, MEI, Received(PASTED["Outlook"])))
    frozen = office.desk.claim()
    with pytest.raises(NotYet):
        office.speaker.compose(frozen)
    assert office.speaker.compose(frozen) is None
    office.desk.claims.put_back(frozen, 0)
    assert len(office.say_all()) == 1


# as a new inquiry in the channel


def test_a_new_inquiry_of_the_buyers_ends_the_plan_and_says_so_in_the_older_thread(office: Office) -> None:
    older, _ = office.planned()
    office.desk.clock.pass_by(60)
    newer = office.take_in(slack_mail(PEDRO, "Re: Quotation", ANSWER), "1700000007.000700")
    row = next(one for one in office.desk.waiting() if one.kind == "buyer_mail")
    assert (row.inquiry_id, row.thread_ts) == (older.id, TS)
    (said,) = office.say_all()
    assert "Pedro Alves wrote back" in said
    assert "<https://acme.example.com/archives/C0INQUIRY/p1700000007000700|" in said
    assert not office.is_followed(older)
    assert we_owe(office.desk.again(older))
    assert office.desk.again(newer).state == "new"


def test_that_is_said_once_however_often_the_new_one_is_read(office: Office) -> None:
    older, _ = office.planned()
    office.desk.clock.pass_by(60)
    newer = office.take_in(slack_mail(PEDRO, "Re: Quotation", ANSWER), "1700000007.000700")
    office.read(newer.id)
    office.read(newer.id)
    assert len(office.say_all()) == 1
    assert not office.is_followed(older)


def test_a_plan_begun_after_the_new_one_came_goes_on(office: Office) -> None:
    older, _ = office.planned()
    office.desk.clock.pass_by(60)
    newer = office.take_in(slack_mail(PEDRO, "Re: Quotation", ANSWER), "1700000007.000700")
    office.say_all()
    office.desk.clock.pass_by(60)
    office.desk.plans.start(older, "quote", owner=MEI, by=MEI)
    office.read(newer.id)
    assert office.is_followed(older)


NEW_ONES: dict[str, Received] = {
    "our own mail, copied to the channel": slack_mail(US, "Re: LED lamps", GMAIL_QUOTE),
    "our own mail under another subject": slack_mail(US, "Your inquiry", QUOTING["Outlook, three words"]),
    "our own mail, pasted": Received(as_ours(PASTED["Outlook"])),
    "a machine": slack_mail(PEDRO, "Automatic reply: Quotation", "I am away until Monday, please call Ana."),
    "the same inquiry again": Received(INQUIRY),
    "a stranger's": slack_mail("Ann <ann@other.example>", "lamps", ANSWER),
    "words that hold the address": Received(
        "Pedro, pedro@casaluz.example, asks for 500 pcs more of LED lamps"
    ),
}


@pytest.mark.parametrize("received", NEW_ONES.values(), ids=NEW_ONES)
def test_what_the_buyer_did_not_write_anew_ends_nothing(office: Office, received: Received) -> None:
    _older, plan = office.planned()
    office.desk.clock.pass_by(60)
    office.take_in(received, "1700000007.000700")
    assert office.say_all() == []
    assert office.desk.plans.steps_left(plan) == 4


@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
def test_a_pasted_mail_as_a_new_inquiry_ends_the_plan(office: Office, text: str) -> None:
    older, _ = office.planned()
    office.desk.clock.pass_by(60)
    office.inquiry(text, ts="1700000007.000700")
    assert len(office.say_all()) == 1
    assert not office.is_followed(older)


def test_an_uploaded_mail_as_a_new_inquiry_ends_the_plan(office: Office) -> None:
    older, _ = office.planned()
    office.desk.clock.pass_by(60)
    office.take_in(office.received("", eml()), "1700000007.000700")
    assert len(office.say_all()) == 1
    assert not office.is_followed(older)


def test_a_new_inquiry_in_another_channel_ends_nothing(office: Office) -> None:
    older, _ = office.planned()
    office.desk.clock.pass_by(60)
    office.inquiry(PASTED["Outlook"], ts="1700000007.000700", channel="C0OTHER")
    assert office.is_followed(older)


def test_nothing_blocks_the_database(office: Office, database: Database) -> None:
    """SQLite has one connection: a call that kept it would stop everybody."""
    office.planned()
    office.bring(Received(PASTED["Outlook"]))
    with database.begin():
        pass
