"""A card of the shop to print: its name, logo, place, numbers and hours, with a QR code that opens a chat."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop.exchange.qr import outline
from desktop.exchange.typesetting import FONTS, LETTER, printable, runs_rtl, typeset
from desktop.i18n import N_, RTL_LANGUAGES, _, bidi, formats, speaking
from desktop.services.errors import Invalid
from desktop.services.hours import read_hours
from desktop.services.hours_text import week_lines
from desktop.services.links import chat_link
from desktop.services.pictures import read_thumbnails
from desktop.services.profile import read_profile
from desktop.services.share import customers_language


class Size(NamedTuple):
    """What a card of one size is called, in mm across and down, its edge in mm and the size of its text in points."""

    title: str
    width: float
    height: float
    margin: float
    text: float


SIZES = {
    # TRANSLATORS: sizes of paper for a printed card: half a page, a postcard, a business card.
    "a5": Size(N_("Half a page (A5)"), 148, 210, 14, 12),
    "a6": Size(N_("Postcard (A6)"), 105, 148, 10, 9),
    "business": Size(N_("Business card (85 × 55 mm)"), 85, 55, 5, 7),
    # TRANSLATORS: a sheet of paper with ten business cards, to be cut apart.
    "sheet": Size(N_("Ten business cards on a sheet"), 85, 55, 5, 7),
}
SHEETS = {"a4": (210, 297, 85, 55), "us-letter": (215.9, 279.4, 88.9, 50.8)}  # mm of the paper, and of a card on it
ACROSS, DOWN = 2, 5  # cards on a sheet
NAME, ABOUT, ADDRESS, LINE = 60, 139, 200, 120  # characters: the rest would make the code too small to read
PHONES, HOURS = 3, 7  # lines


@dataclass(frozen=True)
class ProfileCard:
    """What a card says, all of it in `language`, that of customers. `logo` is a JPEG or PNG of 480 pixels or less."""

    name: str
    link: str
    language: str
    about: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    logo: bytes | None = None
    territory: str = ""  # which decides on the paper of a sheet


def read_card(session: Session) -> ProfileCard:
    """Return the shop's card. Raises Invalid where it has no phone number yet, which the code needs."""
    profile = read_profile(session)
    if not profile.phone:
        raise Invalid("phone", _("The card needs the shop's phone number. Add it in the business profile."))
    language = customers_language(profile)
    with speaking(language):
        hours = week_lines(read_hours(session), profile.territory)
    phones = [profile.phone, *profile.more_phones.splitlines()]
    return ProfileCard(
        name=profile.name,
        link=chat_link(profile.phone),
        language=language,
        territory=profile.territory,
        about=profile.about,
        address=profile.address,
        phones=tuple(bidi.strip(formats.phone(phone)) for phone in phones),
        hours=tuple(hours),
        logo=read_thumbnails(session, [profile.logo]).get(profile.logo) if profile.logo else None,
    )


def pdf(card: ProfileCard, size: str) -> bytes:
    """Return a card of one of SIZES as a PDF file of one page; what is long on it is printed smaller, then cut.

    The ten on a sheet have marks where to cut; their size is that of the land's cards and paper.
    """
    chosen, sheet = SIZES[size], None
    if size == "sheet":
        paper, high, width, height = SHEETS["us-letter" if card.territory in LETTER else "a4"]
        chosen = chosen._replace(width=width, height=height)
        sheet = {"width": paper, "height": high, "across": ACROSS, "down": DOWN}
    return typeset("profile_card", {**_data(card, chosen), "sheet": sheet})[0]


def _data(card: ProfileCard, size: Size) -> dict[str, object]:
    """Return all that the template shows."""
    with speaking(card.language):
        sentence = _("Point the phone's camera here to write to us on WhatsApp")

    def line(text: str, longest: int) -> dict[str, object]:
        return {"text": printable(text, longest), "rtl": runs_rtl(text, card.language)}

    return {
        "width": size.width,
        "height": size.height,
        "margin": size.margin,
        "size": size.text,
        "fonts": FONTS,
        "language": card.language,
        "rtl": card.language in RTL_LANGUAGES,
        "url": card.link,
        "svg": outline(card.link).svg(),
        "sentence": sentence,
        "name": line(card.name, NAME),
        "about": line(card.about, ABOUT),
        "address": line(card.address, ADDRESS),
        "phones": card.phones[:PHONES],
        "hours": [line(text, LINE) for text in card.hours[:HOURS]],
        "logo": list(card.logo) if card.logo else None,
    }
