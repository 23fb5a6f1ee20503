"""Invoices in whole cents."""

from dataclasses import dataclass


@dataclass
class Item:
    """One line of an invoice."""

    name: str
    quantity: int
    unit_cents: int

    def cents(self) -> int:
        """Quantity times unit price."""
        raise NotImplementedError


@dataclass
class Invoice:
    """What a customer has to pay."""

    customer: str
