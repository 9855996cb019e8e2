"""What the twenty colours of labels and collections are called: nobody is to tell things apart by colour alone."""

from desktop.i18n import N_, _

NAMES = (  # as WhatsApp has twenty; the first is what has not been coloured
    N_("Gray"),
    N_("Red"),
    N_("Orange"),
    N_("Amber"),
    N_("Yellow"),
    N_("Lime"),
    N_("Green"),
    N_("Mint"),
    N_("Teal"),
    N_("Turquoise"),
    N_("Sky blue"),
    N_("Blue"),
    N_("Navy"),
    N_("Violet"),
    N_("Purple"),
    N_("Magenta"),
    N_("Pink"),
    N_("Brown"),
    N_("Olive"),
    N_("Black"),
)
COUNT = len(NAMES)


def name_of(number: int) -> str:
    """Return what a colour is called."""
    return _(NAMES[number % len(NAMES)])
