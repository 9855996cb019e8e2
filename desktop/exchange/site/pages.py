"""What each page of the shop's web page says: plain values, filled into the templates of resources/site."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from desktop.data.search import search_key
from desktop.exchange.offer import Article, Chapter, Offer
from desktop.exchange.qr import make
from desktop.exchange.site.pictures import Pictures
from desktop.exchange.site.schema import item_schema, list_schema, safe_address, shop_schema, short
from desktop.exchange.site.words import all_of, page_words, script_words
from desktop.i18n import LANGUAGES, RTL_LANGUAGES, _, bidi, formats, speaking
from desktop.i18n.folding import SAME, UNSEEN
from desktop.i18n.numbers import exponent
from desktop.resources import resource
from desktop.services import marks
from desktop.services.hours import read_schedule
from desktop.services.hours_text import stretch_text, week_lines
from desktop.services.links import chat_link
from desktop.services.opening import DAY, ONE_DAY, Schedule, Span

FIRST = 8  # items of a collection on the first page
SUMMARY = 160  # characters that a search engine shows
AHEAD = 400  # days whose special hours the page knows
QR = "chat.svg"


class Pages:
    """The pages of one offer, in each of its languages: the first in the folder itself, others in folders of theirs."""

    def __init__(self, session: Session, offer: Offer, pictures: Pictures, base_url: str) -> None:
        self._offer = offer
        self._pictures = pictures
        self._base_url = base_url
        self._schedule = read_schedule(session)
        self._today = formats.today()
        loader = FileSystemLoader(resource("site"))
        self._templates = Environment(
            autoescape=True, undefined=StrictUndefined, loader=loader, trim_blocks=True, lstrip_blocks=True
        )

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._offer.languages) * (1 + len(self._offer.chapters) + len(self._offer.articles))

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the path and the HTML of every page."""
        for language in self._offer.languages:
            with speaking(language):
                yield from self._in(language)

    def shop_data(self) -> dict[str, Any]:
        """Return what the script knows of the shop whatever the language."""
        return {
            "phone": self._offer.profile.phone,
            "items": [self._item_data(article) for article in self._offer.articles],
            "same": {chr(before): chr(after) for before, after in SAME.items() if after is not None},
            "unseen": sorted(UNSEEN),
            "hours": self._hours_data(),
        }

    def word_files(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield for each language the path of its sentences, and what they are."""
        currencies = {article.currency for article in self._offer.articles}
        for language in self._offer.languages:
            with speaking(language):
                digits = "arab" if formats.settings().digits == "arab" and language == "ar" else "latn"
                territory = formats.settings().territory
                yield (
                    f"{self._home(language)}words.js",
                    {
                        "language": language,
                        "locale": f"{language}{f'-{territory}' if territory else ''}-u-nu-{digits}",
                        "words": script_words(),
                        "moneys": {currency: _money(currency) for currency in sorted(currencies)},
                    },
                )

    # Pages

    def _in(self, language: str) -> Iterator[tuple[str, str]]:
        chapters = [self._chapter(chapter, language) for chapter in self._offer.chapters]
        about = self._offer.profile.about or self._offer.profile.description
        yield self._page(
            "index.html",
            language,
            self._shop["name"],
            about,
            shop_schema(self._offer.profile, self._schedule, self._base_url, self._face),
            chapters=chapters,
            picture=self._face,
        )
        for chapter, shown in zip(self._offer.chapters, chapters, strict=True):
            articles = [self._card(article, language) for article in chapter.articles]
            title = f"{shown['name']} · {self._shop['name']}"
            schema = list_schema(shown["name"], [article.name(language) for article in chapter.articles])
            full = {**shown, "articles": articles}
            face = next((each["small"] for each in articles if each["small"]), "")
            yield self._page(shown["page"], language, title, about, schema, "collection", chapter=full, picture=face)
        for article in self._offer.articles:
            shown = self._article(article, language)
            title = f"{shown['name']} · {self._shop['name']}"
            summary = " ".join(shown["paragraphs"])
            addresses = [f"{self._base_url}/{picture.large}" for picture in shown["pictures"] if self._base_url]
            schema = item_schema(article, language, self._shop["name"], addresses)
            face = shown["pictures"][0].large if shown["pictures"] else ""
            yield self._page(shown["page"], language, title, summary, schema, "item", article=shown, picture=face)

    def _page(
        self, page: str, language: str, title: str, summary: str, schema: Any, template: str = "index", **values: Any
    ) -> tuple[str, str]:
        path = f"{self._home(language)}{page}"
        depth = path.count("/")
        root = "../" * depth
        html = self._templates.get_template(f"{template}.html").render(
            language=language,
            direction="rtl" if language in RTL_LANGUAGES else "ltr",
            title=title,
            summary=short(summary, SUMMARY),
            base_url=self._base_url,
            path=path,
            root=root,
            home=f"{root}{self._home(language)}",
            languages=[
                {"code": code, "name": LANGUAGES.get(code, code), "path": f"{self._home(code)}{page}"}
                for code in self._offer.languages
            ],
            shop={
                **self._shop,
                "lines": self._hour_lines(),
                "terms": self._offer.choice.terms(language),
                "hours": self._has_hours,
            },
            words=page_words(),
            schema=schema,
            **values,
        )
        return path, html

    def _home(self, language: str) -> str:
        return "" if language == self._offer.languages[0] else f"{language}/"

    @cached_property
    def _shop(self) -> dict[str, Any]:
        profile = self._offer.profile
        logo, cover = self._pictures.get(profile.logo), self._pictures.get(profile.cover)
        return {
            "name": profile.name or _("Our shop"),
            "about": profile.about,
            "description": marks.plain(profile.description),
            "logo": logo.small if logo else "",
            "cover": cover.large if cover else "",
            "chat": chat_link(profile.phone) if profile.phone else "",
            "qr": QR if profile.phone else "",
            "digits": profile.phone,
            "phone": bidi.strip(formats.phone(profile.phone)) if profile.phone else "",
            "email": profile.email,
            "address": " ".join(profile.address.split()),
            "map": safe_address(profile.map_link),
        }

    @property
    def _face(self) -> str:
        return str(self._shop["cover"] or self._shop["logo"])

    def qr_file(self) -> Iterator[tuple[str, bytes]]:
        """Yield the drawing of the code that opens a chat, where the shop has a number."""
        if self._offer.profile.phone:
            yield QR, make(chat_link(self._offer.profile.phone)).svg().encode()

    # Items

    def _chapter(self, chapter: Chapter, language: str) -> dict[str, Any]:
        rest = max(0, len(chapter.articles) - FIRST)
        return {
            "name": chapter.title,
            "page": _chapter_page(chapter),
            "first": [self._card(article, language) for article in chapter.articles[:FIRST]],
            "rest": rest,
            "all": all_of(formats.number(len(chapter.articles))),
        }

    def _card(self, article: Article, language: str) -> dict[str, Any]:
        picture = next(filter(None, map(self._pictures.get, article.pictures)), None)
        return {
            "name": article.name(language),
            "page": _article_page(article),
            "price": article.price_text(language),
            "old_price": article.old_price_text(language),
            "available": article.available,
            "small": picture.small if picture else "",
            "width": picture.width if picture else 0,
            "height": picture.height if picture else 0,
        }

    def _article(self, article: Article, language: str) -> dict[str, Any]:
        text = marks.plain(article.description(language))
        return {
            **self._card(article, language),
            "id": article.id,
            "code": article.code,
            "link": safe_address(article.link),
            "order": article.order_link(self._offer.profile.phone, language),
            "paragraphs": [part for part in text.split("\n\n") if part.strip()],
            "pictures": [shown for shown in map(self._pictures.get, article.pictures) if shown],
            "ways": [
                {"name": way.name, "price": _price(way.price, article.currency), "available": way.available}
                for way in article.ways
            ],
            "chapters": [
                {"name": chapter.title, "page": _chapter_page(chapter)}
                for chapter in self._offer.chapters
                if article in chapter.articles
            ],
        }

    def _item_data(self, article: Article) -> dict[str, Any]:
        languages = self._offer.languages
        picture = next(filter(None, map(self._pictures.get, article.pictures)), None)
        texts = [*article.names.values(), article.code, *article.descriptions.values(), article.brand]
        return {
            "id": article.id,
            "code": article.code,
            "names": {language: article.name(language) for language in languages},
            "prices": {language: article.price_text(language) for language in languages},
            "price": article.price,
            "currency": article.currency,
            "available": article.available,
            "small": picture.small if picture else "",
            "page": _article_page(article),
            "key": search_key(*texts),
            "ways": [{"name": way.name, "code": way.code, "price": way.price} for way in article.ways],
        }

    # Hours

    @property
    def _has_hours(self) -> bool:
        return bool(self._schedule.week or self._schedule.stretches)

    def _hour_lines(self) -> list[str]:
        territory = self._offer.profile.territory
        coming = [
            s for s in self._schedule.stretches if self._today <= s.last and s.first <= self._today + 30 * ONE_DAY
        ]
        special = [f"{stretch.name}: {stretch_text(stretch, self._schedule, territory)}" for stretch in coming]
        return [*week_lines(self._schedule.week, territory), *special]

    def _hours_data(self) -> dict[str, Any] | None:
        if not self._has_hours:
            return None
        usual = Schedule(self._schedule.week, (), self._schedule.zone)
        monday = dt.date(2024, 1, 1)
        days = [self._today + day * ONE_DAY for day in range(-1, AHEAD)]
        return {
            "zone": str(getattr(self._schedule.zone, "key", "UTC")),
            "week": [_minutes(usual.hours_on(monday + day * ONE_DAY)) for day in range(7)],
            "days": {
                day.isoformat(): _minutes(self._schedule.hours_on(day))
                for day in days
                if self._schedule.stretch_on(day)
            },
        }


def _chapter_page(chapter: Chapter) -> str:
    return f"collections/{chapter.id or 'more'}.html"


def _article_page(article: Article) -> str:
    return f"items/{article.id}.html"


def _price(minor: int | None, currency: str) -> str:
    return "" if minor is None else formats.money_text(minor, currency)


def _money(currency: str) -> dict[str, Any]:
    """Return how amounts of a currency are written: how many decimals, and where the sign stands."""
    figure = formats.number(0)
    pattern = formats.money_text(0, currency).replace(bidi.strip(figure), "{figure}", 1)
    return {"places": exponent(currency), "pattern": pattern}


def _minutes(spans: tuple[Span, ...]) -> list[list[int]]:
    whole = [[0, DAY] for span in spans if span.kind == "all_day"]
    return whole or [[span.opens, span.closes] for span in spans if span.kind == "open"]
