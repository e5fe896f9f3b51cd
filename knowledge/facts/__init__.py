"""Gathers the trade facts of an inquiry: what, how much, on which terms, who asks; absent is None."""

from knowledge.facts.company import find_company
from knowledge.facts.completeness import completeness
from knowledge.facts.conditions import find_certificates, find_delivery, find_packaging, find_payment
from knowledge.facts.goods import find_product
from knowledge.facts.page import page_of
from knowledge.facts.people import find_contact
from knowledge.facts.place import find_address, find_country
from knowledge.facts.price import find_target_price
from knowledge.facts.quantity import find_quantity
from knowledge.facts.reach import find_email, find_phone, find_website, sender_of
from knowledge.facts.terms import find_terms
from knowledge.model import Facts

__all__ = ["completeness", "gather"]


def gather(text: str, language: str, sender: str | None = None, subject: str | None = None) -> Facts:
    """Return the facts of `text`; `sender` is the From line, `subject` may name the product."""
    page, origin = page_of(text, language), sender_of(sender)
    incoterm, port = find_terms(page)
    company = find_company(page, origin)
    return Facts(
        product=find_product(page, subject),
        quantity=find_quantity(page),
        incoterm=incoterm,
        port=port,
        target_price=find_target_price(page),
        payment_terms=find_payment(page),
        certificates=find_certificates(page),
        delivery=find_delivery(page),
        packaging=find_packaging(page),
        company=company,
        contact=find_contact(page, origin, company),
        email=find_email(page, origin),
        phone=find_phone(page),
        website=find_website(page),
        address=find_address(page),
        country=find_country(page),
    )
