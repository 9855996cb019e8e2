"""A picture of an item for a story or a status: its photo, name and price, and the code that orders it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QTextLayout, QTextOption
from sqlalchemy.orm import Session

from desktop.data.models import Product, Profile
from desktop.exchange.qr import QUIET, make
from desktop.i18n import RTL_LANGUAGES, _, formats, speaking
from desktop.services.catalog import read_product
from desktop.services.pictures import read_picture
from desktop.services.profile import read_profile
from desktop.services.sale import paid
from desktop.services.share import customers_language, share_link
from desktop.ui import theme

WIDTH, HEIGHT = 1080, 1920  # pixels of a phone's whole screen
EDGE = 60
PHOTO = QRect(EDGE, 290, WIDTH - 2 * EDGE, 860)  # above and below, phones put their own words over a story
NAME = QRect(EDGE, 1176, WIDTH - 2 * EDGE, 152)
PRICE = QRect(EDGE, 1334, WIDTH - 2 * EDGE, 72)
FOOT = QRect(EDGE, 1430, WIDTH - 2 * EDGE, 350)
ROUND = 36.0


@dataclass(frozen=True)
class Story:
    """What the picture says; `before` is the price that a sale replaces, or "", `photo` the bytes of a picture."""

    shop: str
    name: str
    price: str
    before: str
    sentence: str
    url: str
    photo: bytes
    rtl: bool


def story_of(session: Session, product_id: int) -> Story:
    """Return the story of an item, in the language that customers read. Raises NotFound, Invalid without a phone."""
    product, profile = read_product(session, product_id), read_profile(session)
    language = customers_language(profile)
    with speaking(language):
        price, before = _prices(product, profile)
        sentence = _("Scan the code to order on WhatsApp")
    digest = next((picture.sha256 for picture in product.pictures if picture.sha256), None)
    photo = (read_picture(session, digest) if digest else None) or b""
    url = share_link(product, profile)
    return Story(profile.name, product.name, price, before, sentence, url, photo, language in RTL_LANGUAGES)


def _prices(product: Product, profile: Profile) -> list[str]:
    """Return what it costs, and what before, each as text, or ""."""
    currency = product.currency or profile.currency
    return ["" if minor is None else formats.money_text(minor, currency) for minor in paid(product)]


def paint(story: Story) -> QImage:
    """Return the picture, 1080 × 1920. Raises Invalid for a link that no code can hold. Needs a QGuiApplication."""
    code = make(story.url).matrix
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(_tint("background"))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _write(painter, QRect(EDGE, 150, WIDTH - 2 * EDGE, 110), story.shop, 54, "accent", 1, QFont.Weight.Bold)
    photo = QImage.fromData(story.photo)
    if photo.isNull():
        _draw_name(painter, story)
    else:
        _draw_photo(painter, photo)
        _write(painter, NAME, story.name, 62, "text", 2, QFont.Weight.Bold)
    _draw_price(painter, story)
    _draw_foot(painter, story, code)
    painter.end()
    return image


def _tint(name: str) -> QColor:
    """Return a colour as it is by day: a picture looks the same in whatever scheme it was made."""
    return QColor(theme.TOKENS[name][0])


def _draw_photo(painter: QPainter, photo: QImage) -> None:
    """Fill the place of the photo with its middle."""
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(PHOTO), ROUND, ROUND)
    scaled = photo.size().scaled(PHOTO.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    place = QRect(0, 0, scaled.width(), scaled.height())
    place.moveCenter(PHOTO.center())
    painter.save()
    painter.setClipPath(frame)
    painter.fillRect(PHOTO, Qt.GlobalColor.white)  # behind what is transparent
    painter.drawImage(place, photo)
    painter.restore()


def _draw_name(painter: QPainter, story: Story) -> None:
    """Write the name large where there is no photo."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_tint("accent-soft"))
    painter.drawRoundedRect(QRectF(PHOTO), ROUND, ROUND)
    inside = PHOTO.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    _write(painter, inside, story.name, 110, "accent", 5, QFont.Weight.Bold)


def _draw_price(painter: QPainter, story: Story) -> None:
    """Write the price, and before it in reading order what it was, struck through."""
    parts = [(story.price, 60, "accent", False), (story.before, 42, "muted", True)]
    shown = [(text, _font(size, QFont.Weight.DemiBold), tint, struck) for text, size, tint, struck in parts if text]
    widths = [QFontMetricsF(font).horizontalAdvance(text) for text, font, _tint_name, _struck in shown]
    gap = 32.0
    left = (WIDTH - sum(widths) - gap * (len(shown) - 1)) / 2
    order = list(zip(shown, widths, strict=True))
    for (text, font, tint, struck), width in reversed(order) if story.rtl else order:
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(_tint(tint))
        place = QRectF(left, PRICE.y(), width + 2, PRICE.height())
        painter.setLayoutDirection(_direction(story.rtl))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
        left += width + gap


def _draw_foot(painter: QPainter, story: Story, code: tuple[tuple[bool, ...], ...]) -> None:
    """Draw the code on white at the trailing edge, and beside it what to do with it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawRoundedRect(QRectF(FOOT), ROUND, ROUND)
    modules = len(code) + 2 * QUIET
    scale = max(1, FOOT.height() // modules)
    side = scale * modules
    x = FOOT.left() + (FOOT.height() - side) // 2
    if not story.rtl:
        x = FOOT.right() + 1 - side - (FOOT.height() - side) // 2
    y = FOOT.top() + (FOOT.height() - side) // 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for row, line in enumerate(code, QUIET):
        for column, dark in enumerate(line, QUIET):
            if dark:
                painter.fillRect(x + column * scale, y + row * scale, scale, scale, Qt.GlobalColor.black)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    words = FOOT.adjusted(FOOT.height(), 30, -50, -30) if story.rtl else FOOT.adjusted(50, 30, -FOOT.height(), -30)
    _write(painter, words, story.sentence, 48, "text", 4, QFont.Weight.DemiBold)


def _write(painter: QPainter, place: QRect, text: str, size: int, tint: str, most: int, weight: QFont.Weight) -> None:
    """Write text in the middle of `place`, on at most so many lines; what is left over ends in …"""
    font = _font(size, weight)
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    metrics = QFontMetricsF(font)
    spacing = min(metrics.lineSpacing(), 1.35 * size)  # Arabic fonts leave room for marks that names hardly have
    most = max(1, min(most, int(place.height() // spacing)))
    starts = _line_starts(text, font, option, place.width())
    if len(starts) > most:
        rest = text[starts[most - 1] :]
        text = text[: starts[most - 1]] + metrics.elidedText(rest, Qt.TextElideMode.ElideRight, place.width())
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, height))
        height += spacing
    layout.endLayout()
    painter.setPen(_tint(tint))
    layout.draw(painter, QPointF(place.left(), place.top() + (place.height() - height) / 2))


def _line_starts(text: str, font: QFont, option: QTextOption, width: float) -> list[int]:
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    return starts


def _font(size: int, weight: QFont.Weight) -> QFont:
    font = theme.font("title")
    font.setPixelSize(size)
    font.setWeight(weight)
    return font


def _direction(rtl: bool) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
