"""What other programs know of people who are not to be called or written to: the column that says so, and its cells.

WhatsApp's rules honour whoever asks for no more messages, wherever they asked. So what says not to call, contact or
message somebody, and what says of no channel that they opted out, stops messages here too: a stop too many is seen and
taken back, one too few is a message to somebody who asked for none. What is of e-mail, fax or post alone (HubSpot's
"Unsubscribed from all email", Salesforce's "Email Opt Out") is kept as a further field and stops nothing: whoever wants
no newsletter may well order by chat. So is HubSpot's "Marketing contact status", which is what a contact costs.
"""

from collections.abc import Iterable

from desktop.exchange.columns import words_of

FEW = 30  # different cells that a column of states has at most
LONGEST = 40  # letters of a state


def _folded(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(words_of(text)) for text in texts)


STOPS = _folded(
    *("do not call", "don't call", "do not phone", "dnc", "do not contact", "don't contact"),
    *("do not message", "do not text", "do not sms", "do not whatsapp", "do not disturb", "do not allow phone calls"),
    *("opted out", "opt out", "optout", "opted out of all", "opt out of all", "has opted out", "unsubscribed"),
    *("unsubscribe", "unsubscribed from all", "opted out of whatsapp", "whatsapp opt out", "whatsapp opted out"),
    *("sms opt out", "sms opted out", "opted out of sms", "has opted out of sms", "text opt out", "stop messages"),
    *("asked to stop", "phone blacklisted"),
    *("لا تتصل", "لا تتصلوا", "لا تتصل به", "لا تتصل بها", "عدم الاتصال", "عدم الإزعاج", "عدم التواصل", "لا يتصل به"),
    *("لا ترسل", "لا ترسل له", "لا ترسل لها", "لا تراسل", "عدم المراسلة", "عدم الإرسال", "طلب الإيقاف", "طلب إيقاف"),
    *("طلب إيقاف الرسائل", "إيقاف الرسائل", "أوقف الرسائل", "إلغاء الاشتراك", "ألغى الاشتراك", "ألغت الاشتراك"),
    *("ملغى الاشتراك", "تم إلغاء الاشتراك"),
)
ELSEWHERE = _folded("email", "emails", "mail", "newsletter", "fax", "بريد", "إيميل", "فاكس", "النشرة")
YES = _folded("yes", "y", "true", "t", "1", "1.0", "x", "on", "نعم", "صح", "أجل", "do not allow")
NO = _folded(
    *("no", "n", "false", "f", "0", "0.0", "off", "none", "null", "nan", "n/a", "na", "unknown", "allow", "allowed"),
    *("subscribed", "opted in", "opt in", "active", "never", "0/0/00", "00/00/0000"),
    *("لا", "كلا", "خطأ", "مشترك", "مشتركة", "مسموح", "لا يوجد"),
)
TICKS = frozenset("✓✔☑✅")


def is_stop(words: str) -> bool:
    """Say whether a header or a cell is, in whole, that somebody is not to be written to."""
    return len(words) <= LONGEST and " ".join(words_of(words)) in STOPS


def stops(cell: str, known: bool) -> bool:
    """Say whether a cell of a column that was taken for this says so.

    Where the header itself does (`known`), everything but a no does: "Yes", the day, the reason. Under another, such as
    "Lead status", only a yes does, and what says it in words.
    """
    said = " ".join(words_of(cell))
    if not said:
        return bool(TICKS & set(cell))
    return said not in NO if known else said in YES or said in STOPS


def has_stops(header: str, cells: Iterable[str]) -> bool:
    """Say whether a column under another name is one of states of which some say so; of one of e-mail, never."""
    if ELSEWHERE & set(words_of(header)):
        return False
    states: set[str] = set()
    for cell in cells:
        states.add(cell)
        if len(states) > FEW:
            return False
    return any(map(is_stop, states))
