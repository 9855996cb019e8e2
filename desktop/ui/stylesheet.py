"""The stylesheet: only what a palette cannot say. Nothing here names left or right, so it holds in both directions.

Looks, given by `theme.look`:
labels     title heading section strong muted small warn accent code
buttons    quiet primary flat danger icon chip disclosure toast-button field (as tall as one)
lists      cards (which paint their own selection), file (cells of a file, as they are)
surfaces   page surface sunken card banner toast sidebar line popup
fields     warn (what is wrong is said below it), bare (no frame)
"""

from collections.abc import Callable, Mapping
from string import Template

SHEET = """
QMainWindow, QDialog, QWidget[look="page"] { background: $background; }
QWidget[look="surface"], QWidget[look="sidebar"] { background: $surface; }
QWidget[look="sunken"] { background: $sunken; border-radius: ${r}px; }
QWidget[look="line"] { background: $line; border: none; }
QWidget[look="card"] { background: $surface; border: 1px solid $line; border-radius: ${rc}px; }
QWidget[look="banner"] { background: $warn_soft; border: 1px solid $warn_soft; border-radius: ${r}px; }
QWidget[look="toast"] { background: $text; border-radius: ${r}px; }
QWidget[look="toast"] QLabel { color: $background; }

QLabel[look="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[look="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[look="section"] { font-size: ${section}px; font-weight: 600; color: $muted; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="small"] { font-size: ${small}px; color: $muted; }
QLabel[look="warn"] { font-size: ${small}px; color: $warn; }
QLabel[look="accent"] { color: $accent; font-weight: 600; }
QLabel[look="code"] { font-family: "DejaVu Sans Mono", "Consolas", "Menlo", monospace; font-size: ${small}px; }

QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: ${r}px;
  padding: ${v}px ${p16}px; min-height: ${row}px; outline: none; }
QPushButton:hover { background: $sunken; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $border; border-color: $line; background: transparent; }
QPushButton:default { border-color: $accent; }
QDialogButtonBox QPushButton:focus { border: 2px solid $accent; padding: ${v1}px ${p15}px; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[look="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[look="flat"], QPushButton[look="icon"], QPushButton[look="disclosure"], QPushButton[look="danger"] {
  background: transparent; border-color: transparent; }
QPushButton[look="field"] { min-height: ${field}px; }
QPushButton[look="flat"] { color: $accent; font-weight: 600; padding: ${v}px ${p12}px; }
QPushButton[look="danger"] { color: $warn; padding: ${v}px ${p12}px; }
QPushButton[look="icon"] { padding: ${v}px ${p6}px; min-width: ${p20}px; }
QPushButton[look="disclosure"] { padding: ${p4}px; font-size: ${section}px; font-weight: 600; color: $muted; }
QPushButton[look="flat"]:hover, QPushButton[look="icon"]:hover, QPushButton[look="disclosure"]:hover,
QPushButton[look="danger"]:hover { background: $sunken; }
QPushButton[look="icon"]:checked { background: $accent_soft; }
QPushButton[look="flat"]:disabled, QPushButton[look="danger"]:disabled { color: $border; }
QPushButton[look="chip"] { border-radius: ${pill}px; padding: ${v2}px ${p14}px; max-height: ${row}px; }
QPushButton[look="chip"]:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton::menu-indicator { width: 0; }
QPushButton[look="toast-button"] { background: transparent; color: $background; border-color: transparent;
  font-weight: 600; padding: ${v2}px ${p10}px; text-decoration: underline; }

QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox { background: $surface; color: $text;
  placeholder-text-color: $muted;
  border: 1px solid $border; border-radius: ${r}px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit { padding: ${v}px ${p10}px; min-height: ${row}px; }
QLineEdit:focus { border: 2px solid $accent; padding: ${v1}px ${p9}px; }
QTextEdit, QPlainTextEdit { padding: ${p3}px ${p6}px; }
QTextEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: ${p2}px ${p5}px; }
QComboBox { padding: ${v}px ${p10}px; min-height: ${row}px; }
QComboBox:focus, QComboBox:on { border: 2px solid $accent; padding: ${v1}px ${p9}px; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; padding: 0; background: transparent; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: none; padding: 0 ${p8}px;
  background: transparent; }
QAbstractSpinBox { padding: ${v}px ${p10}px; min-height: ${field}px; max-height: ${field}px; }
QAbstractSpinBox:focus { border: 2px solid $accent; padding: ${v1}px ${p9}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QCalendarWidget { border: 1px solid $border; }
QCalendarWidget QAbstractItemView { background: $surface; selection-background-color: $accent;
  selection-color: $on_accent; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QToolButton { background: transparent; color: $text; border: none; padding: ${p4}px ${p8}px;
  font-weight: 600; }
QCalendarWidget QToolButton:hover { background: $sunken; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QSpinBox { padding: 0; min-height: ${p24}px; }
QLineEdit:disabled, QTextEdit:disabled, QComboBox:disabled { color: $muted; background: transparent;
  border-color: $line; }
QLineEdit:read-only, QAbstractSpinBox[readOnly="true"] { background: $sunken; }
QLineEdit[look="warn"], QTextEdit[look="warn"], QComboBox[look="warn"] { border-color: $warn; }
QLineEdit[look="bare"], QLineEdit[look="bare"]:focus, QTextEdit[look="bare"], QTextEdit[look="bare"]:focus {
  border: none; background: transparent; padding: 0; }

QAbstractItemView { background: transparent; border: none; outline: none; }
QComboBoxPrivateContainer, QListView[look="popup"] { background: $surface; border: 1px solid $border; }
QComboBox QAbstractItemView, QListView[look="popup"] { padding: ${p4}px; }
QListView::item { border: 2px solid transparent; border-radius: ${r}px; padding: ${v2}px ${p8}px; color: $text; }
QListView::item:hover { background: $sunken; }
QListView::item:selected { background: $accent_soft; color: $accent; }
QListView::item:focus { border-color: $accent; }
QListView[look="sidebar"] { padding: ${p8}px; }
QListView[look="sidebar"]::item { padding: ${v}px ${p10}px; margin: 1px 0; min-height: ${row}px; }
QTableView, QTreeView { gridline-color: $line; }
QTableView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $text; }
QTableView[look="file"]::item { padding: 0 ${p6}px; }
QTableCornerButton::section, QAbstractScrollArea::corner { background: transparent; border: none; }
QTableView[look="cards"] { selection-background-color: transparent; }
QTableView[look="cards"]::item, QTableView[look="cards"]::item:selected { background: transparent; }
QHeaderView::section { background: $background; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: ${p6}px ${p8}px; font-size: ${section}px; font-weight: 600; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: ${p10}px; }
QScrollBar:horizontal { height: ${p10}px; }
QScrollBar::handle { background: $border; border: 2px solid transparent; border-radius: ${p5}px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:vertical { min-height: ${p32}px; margin: 1px 2px; border-radius: ${p3}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; margin: 2px 1px; border-radius: ${p3}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QMenuBar { background: $surface; }
QMenuBar::item { padding: ${p4}px ${p10}px; background: transparent; border-radius: ${p4}px; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $surface; border: 1px solid $line; padding: ${p4}px; menu-scrollable: 1; }
QMenu::item { padding: ${p3}px ${p24}px; border-radius: ${p4}px; }
QMenu::icon { margin: 0 ${p8}px; }
QMenu::indicator { margin: 0 ${p8}px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $border; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }
QToolTip { background: $text; color: $background; border: none; padding: ${p4}px ${p8}px; }
QStatusBar { color: $muted; }
QStatusBar::item { border: none; }
QProgressBar { background: $sunken; border: none; border-radius: ${p3}px; max-height: ${p6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
"""

LENGTHS = (2, 3, 4, 5, 6, 8, 9, 10, 12, 14, 15, 16, 20, 24, 32)
TEXT_SIZES = ("title", "heading", "section", "small")


def stylesheet(
    colours: Mapping[str, str],
    pixels: Callable[[float], int],
    font_pixels: Callable[[str], int],
    row: int,
    around: int,
    field: int,
) -> str:
    """Return the stylesheet with the tokens' colours, lengths and type sizes put in.

    `row` is the height of what is in a button, `field` that of what is in a field, both with `around` above and below.
    """
    values: dict[str, object] = {name.replace("-", "_"): value for name, value in colours.items()}
    values |= {f"p{length}": pixels(length) for length in LENGTHS}
    values |= {name: font_pixels(name) for name in TEXT_SIZES}
    values |= {"row": row, "field": field, "v": around, "v1": around - 1, "v2": around - 2}
    return Template(SHEET).substitute(values, r=8, rc=12, pill=(row + 2 * (around - 2) + 2) // 2)
