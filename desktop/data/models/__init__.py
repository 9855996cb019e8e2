"""Every table of a shop. What each row may hold is decided in `desktop.services`.

The first page of a shop needs few of them, and each takes two or three ms of the start: the others are loaded with the
first use of one of theirs. Who goes through all of them asks `all_tables`, not the metadata of those that are there.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import MetaData

from desktop.data.models.base import CALENDAR as CALENDAR
from desktop.data.models.base import Base as Base
from desktop.data.models.base import BigInt as BigInt
from desktop.data.models.base import Row as Row
from desktop.data.models.base import now as now
from desktop.data.models.catalog import Blob as Blob
from desktop.data.models.catalog import Collection as Collection
from desktop.data.models.catalog import CollectionItem as CollectionItem
from desktop.data.models.catalog import Picture as Picture
from desktop.data.models.catalog import Product as Product
from desktop.data.models.catalog import ProductText as ProductText
from desktop.data.models.catalog import SavedSearch as SavedSearch
from desktop.data.models.catalog import Synonym as Synonym
from desktop.data.models.catalog import Variant as Variant
from desktop.data.models.shop import Profile as Profile

if TYPE_CHECKING:
    from desktop.data.models.customers import Customer as Customer
    from desktop.data.models.customers import CustomerLabel as CustomerLabel
    from desktop.data.models.customers import Label as Label
    from desktop.data.models.exports import Export as Export
    from desktop.data.models.hours import Hours as Hours
    from desktop.data.models.hours import Overlay as Overlay
    from desktop.data.models.hours import OverlayHours as OverlayHours
    from desktop.data.models.messages import AutomaticMessage as AutomaticMessage
    from desktop.data.models.messages import AutomaticPeriod as AutomaticPeriod
    from desktop.data.models.messages import AutomaticRecipient as AutomaticRecipient
    from desktop.data.models.messages import AutomaticText as AutomaticText
    from desktop.data.models.messages import Campaign as Campaign
    from desktop.data.models.messages import PhoneCopy as PhoneCopy
    from desktop.data.models.messages import PracticeChat as PracticeChat
    from desktop.data.models.messages import PracticeMessage as PracticeMessage
    from desktop.data.models.messages import Reply as Reply
    from desktop.data.models.messages import ReplyPart as ReplyPart
    from desktop.data.models.messages import ReplyUse as ReplyUse
    from desktop.data.models.messages import SendEntry as SendEntry
    from desktop.data.models.messages import SendList as SendList
    from desktop.data.models.orders import FollowUp as FollowUp
    from desktop.data.models.orders import Order as Order
    from desktop.data.models.orders import OrderLine as OrderLine

LATER = ("hours", "exports", "customers", "orders", "messages")


def __getattr__(name: str) -> Any:
    """Return a model of those that are loaded by need."""
    if not name.startswith("_"):
        all_tables()
        for module in LATER:
            if name in (there := vars(sys.modules[f"{__name__}.{module}"])):
                return there[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def all_tables() -> MetaData:
    """Return all the tables there are, loading those that are not there yet."""
    for module in LATER:
        import_module(f"{__name__}.{module}")
    return Base.metadata
