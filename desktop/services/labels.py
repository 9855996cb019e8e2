"""Labels: the coloured words that are put on chats and customers."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.models import CustomerLabel, Label
from desktop.data.position import after
from desktop.i18n import _
from desktop.services.editing import clean, one_line
from desktop.services.errors import Invalid

COLOURS = 20  # WhatsApp's fixed ones


def list_labels(session: Session) -> list[Label]:
    """Return every label in the owner's order."""
    return list(session.scalars(select(Label).order_by(Label.position, Label.id)))


def add_label(session: Session, name: str, colour: int = 0) -> int:
    """Add a label after the last and return its id; `colour` is 0–19. Raises Invalid."""
    name = one_line(clean(name))
    if not name:
        raise Invalid("name", _("The label needs a name."))
    last = session.scalar(select(func.max(Label.position)))
    label = Label(name=name, colour=colour % COLOURS, position=after(last or ""))
    session.add(label)
    session.flush()
    return label.id


def put_label(session: Session, customer_id: int, label_id: int) -> None:
    """Put a label on a customer, unless it is there."""
    here = (CustomerLabel.customer_id == customer_id, CustomerLabel.label_id == label_id)
    if session.scalar(select(CustomerLabel.id).where(*here)) is None:
        session.add(CustomerLabel(customer_id=customer_id, label_id=label_id))
        session.flush()
