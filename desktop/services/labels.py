"""Labels: the coloured words that are put on chats and customers; the phone has room for twenty of them."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, literal, select
from sqlalchemy.orm import Session

from desktop.data.many import among, insert_rows
from desktop.data.models import Customer, CustomerLabel, Label, PhoneCopy
from desktop.data.position import after
from desktop.data.search import fold
from desktop.i18n import LANGUAGES, N_, _, colours, formats, speaking
from desktop.services.editing import change_row, clean, one_line
from desktop.services.errors import Invalid, NotFound
from desktop.services.limits import limit
from desktop.services.order import move_rows

FIRST_LABELS = (  # WhatsApp's own five by their roles, and the one that most shops add; a colour of its twenty for each
    ("new_customer", N_("New customer"), 0),
    ("new_order", N_("New order"), 1),
    ("pending_payment", N_("Pending payment"), 2),
    ("paid", N_("Paid"), 3),
    ("order_complete", N_("Order complete"), 4),
    ("", N_("VIP customer"), 7),
)
ROLES = tuple(role for role, _name, _colour in FIRST_LABELS if role)
BOARD = ROLES[1:]  # the way of an order: the columns that a board begins with
OFFERED = 60  # labels in one menu: nobody reads more
LINKS = CustomerLabel.metadata.tables["customer_label"]


class Tag(NamedTuple):
    """A label as lists show it; `role` is which of WhatsApp's five it was, "" for any other.

    `fits` says whether the phone has it, or has room for it.
    """

    id: int
    name: str
    colour: int
    role: str
    on_board: bool
    version: int
    customers: int
    fits: bool


# Reading


def list_labels(session: Session, only: Collection[int] | None = None) -> list[Label]:
    """Return every label, or those of `only`, in the owner's order."""
    query = select(Label).order_by(Label.position, Label.id)
    return list(session.scalars(query if only is None else query.where(among(session, Label.id, list(only)))))


def offer_labels(session: Session, first: Collection[int]) -> tuple[list[Label], int]:
    """Return what a menu offers, in the owner's order, and how many more labels there are.

    OFFERED at most: those of `first`, and of the others those that come first.
    """
    chosen = Label.id.in_(list(first)[:OFFERED])
    ids = session.scalars(select(Label.id).order_by(chosen.desc(), Label.position, Label.id).limit(OFFERED)).all()
    there = session.scalar(select(func.count()).select_from(Label)) or 0
    return list_labels(session, ids), there - len(ids)


def read_tags(session: Session) -> list[Tag]:
    """Return every label in the owner's order, with the number of its customers."""
    number = func.count().label("customers")
    counts = select(CustomerLabel.label_id, number).group_by(CustomerLabel.label_id).subquery()
    columns = (Label.id, Label.name, Label.colour, Label.role, Label.on_board, Label.version)
    query = select(*columns, func.coalesce(counts.c.customers, 0).label("customers"))
    query = query.outerjoin(counts, counts.c.label_id == Label.id)
    rows = session.execute(query.order_by(Label.position, Label.id)).all()
    held = set(session.scalars(select(PhoneCopy.row_id).where(PhoneCopy.model == "label").distinct()))
    fitting = with_room([row.id for row in rows], held)
    return [Tag._make((*row, row.id in fitting)) for row in rows]


def with_room(ids: Sequence[int], held: Collection[int]) -> set[int]:
    """Return which labels the phone has or has room for: those that it holds, and the first of the others."""
    there = {label for label in ids if label in held}
    room = max(0, limit("label.labels") - len(there))
    return there.union([label for label in ids if label not in there][:room])


def labels_of(session: Session, customers: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """Return the labels of each customer in the owner's order, as (name, colour); those without any are left out.

    For what is in sight: `widgets.label_chips` shows them.
    """
    query = select(CustomerLabel.customer_id, Label.name, Label.colour).join(Label, Label.id == CustomerLabel.label_id)
    query = query.where(among(session, CustomerLabel.customer_id, customers)).order_by(Label.position, Label.id)
    found: dict[int, list[tuple[str, int]]] = {}
    for customer, name, colour in session.execute(query):
        found.setdefault(customer, []).append((name, colour))
    return found


def labels_among(session: Session, customers: Sequence[int]) -> dict[int, int]:
    """Return how many of these customers have each label, those that none has left out."""
    query = select(CustomerLabel.label_id, func.count()).where(among(session, CustomerLabel.customer_id, customers))
    return dict(session.execute(query.group_by(CustomerLabel.label_id)).all())


def find_label(session: Session, name: str) -> int:
    """Return the id of the label called `name`, folded. Raises NotFound."""
    found = _named(session, one_line(clean(name)))
    if found is None:
        raise NotFound("label", _("There is no label called {name}.").format(name=formats.auto(name)))
    return found[0]


def state_label(session: Session, role: str) -> int | None:
    """Return the id of the label of one of ROLES, whatever it is called now; None if there is none.

    In a shop from before roles were kept, it is the one that still has its first name.
    """
    first = select(Label.id).order_by(Label.position, Label.id).limit(1)
    found = session.scalar(first.where(Label.role == role))
    return found or session.scalar(first.where(Label.role == "", Label.name.in_(_first_names(role))))


def missing_labels(session: Session) -> list[str]:
    """Return the names of those of FIRST_LABELS that the shop does not have, in the language in use."""
    return [_(name) for role, name, _colour in FIRST_LABELS if _existing(session, role, name) is None]


# One label


def add_label(session: Session, name: str, colour: int | None = None, role: str = "") -> int:
    """Add a label after the last and return its id; `colour` is 0–19, by itself one that is used least.

    `role` says which of WhatsApp's five it is. Raises Invalid for no name, or one that is taken.
    """
    name = _name(session, name)
    last = session.scalar(select(func.max(Label.position)))
    colour = _free_colour(session) if colour is None else colour % colours.COUNT
    label = Label(name=name, colour=colour, role=role, on_board=role in BOARD, position=after(last or ""))
    session.add(label)
    session.flush()
    return label.id


def update_label(session: Session, label_id: int, base: int | None = None, **changed: Any) -> None:
    """Change the `name`, the `colour` (0–19) or whether a label is `on_board`.

    `base` is the version they were typed over. Raises Invalid as `add_label`, Stale, and NotFound if it is gone.
    """
    if "name" in changed:
        changed["name"] = _name(session, changed["name"], label_id)
    if "colour" in changed:
        changed["colour"] %= colours.COUNT
    change_row(session, Label, label_id, base, changed)
    session.flush()


def label_named(session: Session, name: str) -> int:
    """Return the id of the label called `name`, made if there is none. Raises Invalid as `add_label`."""
    try:
        return find_label(session, name)
    except NotFound:
        return add_label(session, name)


def labels_named(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Return the ids of the labels called `names`, each made if there is none: as many as a file brings at once.

    Names that say nothing are left out.
    """
    there = {_folded(row.name): row.id for row in session.execute(select(Label.id, Label.name))}
    wanted = {name: shown for name in names if (shown := one_line(clean(name)))}
    new = {fold(shown): shown for shown in wanted.values() if fold(shown) not in there}
    last, first = session.scalar(select(func.max(Label.position))) or "", _free_colour(session)
    rows = [
        {"name": shown, "colour": (first + step) % colours.COUNT, "position": after(last, step + 1)}
        for step, shown in enumerate(new.values())
    ]
    there.update(zip(new, insert_rows(session, Label, rows), strict=True))
    return {name: there[fold(shown)] for name, shown in wanted.items()}


# Several labels


def add_first_labels(session: Session) -> int:
    """Add those of FIRST_LABELS that are not there, in the language in use, and return how many.

    Those that are there by their first names are known by their roles from now on.
    """
    added = 0
    for role, name, colour in FIRST_LABELS:
        found = _existing(session, role, name)
        if found is None:
            add_label(session, _(name), colour, role)
            added += 1
        elif role:
            label = session.get(Label, found)
            assert label, "it was just found"
            if not label.role:
                label.role, label.on_board = role, label.on_board or role in BOARD
    session.flush()
    return added


def move_labels(session: Session, ids: Sequence[int], before: int | None) -> None:
    """Put labels before another one, or after the last."""
    move_rows(session, Label, ids, before)


def remove_labels(session: Session, ids: Sequence[int]) -> None:
    """Delete labels; the customers stay, and undo brings everything back."""
    session.flush()
    session.execute(delete(Label).where(among(session, Label.id, ids)))


def merge_labels(session: Session, ids: Sequence[int], into: int) -> None:
    """Give all customers of some labels another one instead, once, and delete those. Raises NotFound if it is gone.

    Where it has no role itself, it takes the first that is among theirs, so that orders go on moving it.
    """
    kept = _label(session, into)
    session.flush()
    others = [label for label in ids if label != into]
    _link(session, select(CustomerLabel.customer_id).where(among(session, CustomerLabel.label_id, others)), into)
    roles = select(Label.role, Label.on_board).where(among(session, Label.id, others), Label.role != "")
    taken = session.execute(roles.order_by(Label.position, Label.id).limit(1)).first()
    remove_labels(session, others)
    if taken and not kept.role:
        kept.role, kept.on_board = taken.role, kept.on_board or taken.on_board
        session.flush()


def set_board(session: Session, ids: Collection[int]) -> None:
    """Have exactly these labels be columns of the board."""
    for label in session.scalars(select(Label).where(Label.on_board | among(session, Label.id, list(ids)))):
        label.on_board = label.id in ids
    session.flush()


# On customers


def put_label(session: Session, customer_id: int, label_id: int) -> None:
    """Put a label on a customer, unless it is there."""
    put_labels(session, [customer_id], [label_id])


def put_labels(session: Session, customers: Sequence[int], labels: Iterable[int]) -> int:
    """Put labels on customers, each once, and return how often. Raises NotFound if a label is gone."""
    session.flush()
    return sum(
        _link(session, select(Customer.id).where(among(session, Customer.id, customers)), _label(session, label).id)
        for label in dict.fromkeys(labels)
    )


def take_labels(session: Session, customers: Sequence[int], labels: Sequence[int]) -> int:
    """Take labels off customers, and return how often."""
    session.flush()
    theirs = (among(session, CustomerLabel.customer_id, customers), among(session, CustomerLabel.label_id, labels))
    taken = session.connection().execute(delete(LINKS).where(*theirs)).rowcount
    session.expire_all()
    return taken


def _link(session: Session, customers: Any, label: int) -> int:
    """Put a label on all that a query of customers finds, unless it is there: one statement, however many they are."""
    there = select(CustomerLabel.customer_id).where(CustomerLabel.label_id == label)
    new = customers.except_(there).subquery()
    rows = select(new.c[0], literal(label), literal(1)).order_by(new.c[0])
    statement = insert(LINKS).from_select(["customer_id", "label_id", "version"], rows)
    put = session.connection().execute(statement, execution_options={"preserve_rowcount": True}).rowcount
    session.expire_all()
    return put


# Names


def _name(session: Session, typed: str, label_id: int = 0) -> str:
    """Return a label's name as it is stored, or raise Invalid."""
    name = one_line(clean(typed))
    if not name:
        raise Invalid("name", _("The label needs a name."))
    found = _named(session, name, label_id)
    if found:
        raise Invalid("name", _("There is already a label called {name}.").format(name=formats.auto(found[1])))
    return name


def _named(session: Session, name: str, but: int = 0) -> tuple[int, str] | None:
    """Return the label that is called so, folded, as id and name."""
    query = select(Label.id, Label.name).where(Label.id != but).order_by(Label.position, Label.id)
    if exact := session.execute(query.where(Label.name == name).limit(1)).first():
        return exact[0], exact[1]
    wanted = fold(name)
    for found, other in session.execute(query):
        if _folded(other) == wanted:
            return found, other
    return None


@lru_cache(16_384)
def _folded(name: str) -> str:
    """Fold a name that is compared with every new one: of 10,000 labels, most of the time that a change takes."""
    return fold(name)


def _first_names(role: str) -> list[str]:
    """Return what WhatsApp calls one of its five in each language."""
    names = []
    for language in LANGUAGES:
        with speaking(language):
            names += [_(name) for one, name, _colour in FIRST_LABELS if one == role]
    return names


def _existing(session: Session, role: str, name: str) -> int | None:
    if role:
        return state_label(session, role)
    found = _named(session, _(name))
    return found[0] if found else None


def _free_colour(session: Session) -> int:
    used = dict(session.execute(select(Label.colour, func.count()).group_by(Label.colour)).all())
    return min(range(colours.COUNT), key=lambda colour: used.get(colour, 0))


def _label(session: Session, label_id: int) -> Label:
    label = session.get(Label, label_id)
    if label is None:
        raise NotFound("", _("This label has been deleted. Undo brings it back."))
    return label
