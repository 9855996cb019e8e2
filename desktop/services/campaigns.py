"""Campaigns: links that are handed out, each with a reference by which its customers are told, and its place."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.models import Campaign, now
from desktop.data.position import after
from desktop.i18n import _, formats
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.targets import KINDS, Made, make_link

LETTERS = "CDFHJKMNPRTVWXY34679"  # none that is taken for another, and no vowel that would make a word
LENGTH = 4
LONGEST = 20  # characters of a reference that the owner chooses


def list_campaigns(session: Session) -> list[Campaign]:
    """Return every campaign, the last made first."""
    return list(session.scalars(select(Campaign).order_by(Campaign.made_at.desc(), Campaign.id.desc())))


def read_campaign(session: Session, campaign_id: int) -> Campaign:
    """Return a campaign. Raises NotFound."""
    found = session.get(Campaign, campaign_id)
    if found is None:
        raise NotFound("", _("This campaign has been deleted. Undo brings it back."))
    return found


def add_campaign(session: Session, name: str, kind: str = "chat", target_id: int | None = None, **fields: Any) -> int:
    """Add a campaign with a reference of its own, and return its id; `fields` are as in `update_campaign`."""
    position = after(session.scalar(select(func.max(Campaign.position))) or "")
    fields.setdefault("reference", new_reference(session))
    campaign = Campaign(position=position)
    session.add(campaign)
    session.flush()
    update_campaign(session, campaign.id, name=name, kind=kind, target_id=target_id, **fields)
    return campaign.id


def update_campaign(session: Session, campaign_id: int, base: int | None = None, **changed: Any) -> None:
    """Change fields of a campaign; `base` is the version they were typed over. Raises Invalid, Stale, NotFound.

    Of another kind of link, the target is another one too: it is to be chosen anew.
    """
    campaign = read_campaign(session, campaign_id)
    values = {key: clean(value) if isinstance(value, str) else value for key, value in changed.items()}
    for key in ("name", "used_at"):
        if key in values:
            values[key] = one_line(values[key])
    if "text" in values:
        values["text"] = paragraphs(values["text"])
    if "reference" in values:
        values["reference"] = _reference(session, campaign_id, values["reference"])
    if values.get("kind", campaign.kind) not in KINDS:
        raise Invalid("kind", _("Choose what the link opens."))
    if values.get("kind", campaign.kind) != campaign.kind:
        values.setdefault("target_id", None)
    if "name" in values and not values["name"]:
        raise Invalid("name", _("The campaign needs a name, like: Flyer in March."))
    change_row(session, Campaign, campaign_id, base, values)
    session.flush()


def duplicate_campaign(session: Session, campaign_id: int) -> int:
    """Add a copy of a campaign, to be handed out elsewhere: it has a reference of its own. Return its id."""
    source = read_campaign(session, campaign_id)
    return add_campaign(session, source.name, source.kind, source.target_id, text=source.text)


def remove_campaigns(session: Session, ids: Sequence[int]) -> None:
    """Delete campaigns; undo brings them back."""
    session.execute(delete(Campaign).where(Campaign.id.in_(ids)))


def campaign_link(session: Session, campaign_id: int, compat: bool = False) -> Made:
    """Return the link of a campaign as it is now. Raises Invalid where it lacks something, NotFound."""
    campaign = read_campaign(session, campaign_id)
    reference = "" if campaign.kind == "catalog" else campaign.reference
    return make_link(session, campaign.kind, campaign.target_id, campaign.text, reference, compat=compat)


def hand_out(session: Session, campaign_id: int, compat: bool = False) -> Made:
    """Return the link of a campaign, and note that it is what is out there from now on. Raises as `campaign_link`."""
    made = campaign_link(session, campaign_id, compat)
    campaign = read_campaign(session, campaign_id)
    if campaign.link != made.url:
        campaign.link, campaign.made_at = made.url, now()
        session.flush()
    return made


def new_reference(session: Session) -> str:
    """Return a short code that no campaign has: easy to read out, and not taken for another."""
    taken = set(session.scalars(select(Campaign.reference)))
    while True:
        code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
        if code not in taken:
            return code


def _reference(session: Session, campaign_id: int, typed: str) -> str:
    """Return a reference as it is kept: one word in capitals, or "" for none. Raises Invalid."""
    reference = one_line(typed).upper()
    if " " in reference or len(reference) > LONGEST:
        sentence = _("A reference is one short word, like {example}: customers send it, and you look for it.")
        raise Invalid("reference", sentence.format(example=formats.ltr("K7M4")))
    query = select(Campaign.name).where(Campaign.reference == reference, Campaign.id != campaign_id)
    if reference and (other := session.scalar(query)) is not None:
        sentence = _("{reference} is already the reference of {name}. Choose another one.")
        raise Invalid("reference", sentence.format(reference=formats.ltr(reference), name=formats.auto(other)))
    return reference
