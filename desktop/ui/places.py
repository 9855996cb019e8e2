"""Where a change is seen: the page to go to after something was taken back that stands on another one."""

from desktop.data.models import (
    AutomaticMessage,
    AutomaticPeriod,
    AutomaticRecipient,
    AutomaticText,
    Campaign,
    Collection,
    CollectionItem,
    Customer,
    CustomerLabel,
    FollowUp,
    Hours,
    Order,
    OrderLine,
    Overlay,
    OverlayHours,
    PhoneCopy,
    Picture,
    PracticeChat,
    Product,
    ProductText,
    Profile,
    Reply,
    ReplyPart,
    Row,
    SendEntry,
    SendList,
    Variant,
)
from desktop.data.notice import MANY, Notice

PAGES: tuple[tuple[str, tuple[type[Row], ...]], ...] = (
    ("catalog", (Product, ProductText, Variant, Picture, Collection, CollectionItem)),
    ("replies", (Reply, ReplyPart)),
    ("orders", (Order, OrderLine)),
    ("customers", (Customer, CustomerLabel)),
    ("follow-ups", (FollowUp,)),
    ("send-lists", (SendList, SendEntry)),
    ("links", (Campaign,)),
    ("profile", (Profile, Hours, Overlay, OverlayHours)),
    # Below those whose rows take some of these along when they go.
    ("automatic", (AutomaticMessage, AutomaticText, AutomaticPeriod, AutomaticRecipient, PracticeChat)),
    ("phone", (PhoneCopy,)),
)


def place_of(notice: Notice) -> tuple[str, object] | None:
    """Return the page that shows what has changed, and the one row to show there, None for the page as it is."""
    for page, models in PAGES:
        if any(notice.of(model) for model in models):
            row = _only_row(notice, models[0])
            return page, ("campaign", row) if row is not None and page == "links" else row
    return None


def _only_row(notice: Notice, model: type[Row]) -> int | None:
    change = notice.of(model)
    if change is None or change is MANY or model is Profile:
        return None
    there = change.inserted | change.updated
    return next(iter(there)) if len(there) == 1 and not change.deleted else None
