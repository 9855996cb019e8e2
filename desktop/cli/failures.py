"""What a failure is to a script: an exit code, beyond 2 those of sysexits.h, and one sentence on standard error."""

from desktop.i18n import N_

DONE = 0  # also with warnings
PROBLEMS = 1  # some rows were refused, or problems found
USAGE = 2
BAD_DATA = 65
NOT_FOUND = 66  # or not to be opened by this person
UNAVAILABLE = 69  # the system lacks something
UNEXPECTED = 70
CANNOT_WRITE = 73
IN_USE = 75
CANNOT_LOG_IN = 77
INTERRUPTED = 130  # as shells say it: 128 and the number of the signal
BROKEN_PIPE = 141

TOLD = {  # those that a script has to do with, as the help says them
    # TRANSLATORS: what the exit codes of the command mean, each beside its number.
    DONE: N_("done, also with warnings"),
    PROBLEMS: N_("rows were refused, or problems found"),
    USAGE: N_("the arguments make no sense"),
    BAD_DATA: N_("a file or a value is damaged or wrong"),
    NOT_FOUND: N_("it is not there, or may not be read"),
    CANNOT_WRITE: N_("it cannot be written"),
    IN_USE: N_("the shop is open elsewhere"),
}

# By name, so that nothing is loaded for it. The text of each of these is a sentence for the user.
CODES = {
    "desktop.cli.failures.Failure": UNEXPECTED,  # its own code counts
    "desktop.data.backups.NotBackedUp": CANNOT_WRITE,
    "desktop.data.engines.InUse": IN_USE,
    "desktop.data.engines.Missing": NOT_FOUND,
    "desktop.data.engines.NotReadable": NOT_FOUND,
    "desktop.data.engines.NotWritable": CANNOT_WRITE,
    "desktop.data.engines.Refused": BAD_DATA,
    "desktop.data.history.Conflict": PROBLEMS,
    "desktop.data.lock.Locked": IN_USE,
    "desktop.data.refusals.NotWritten": CANNOT_WRITE,
    "desktop.data.refusals.ReadOnly": CANNOT_WRITE,
    "desktop.data.server.NoDatabase": NOT_FOUND,
    "desktop.data.server.NoRights": CANNOT_WRITE,
    "desktop.data.server.NotEmpty": CANNOT_WRITE,
    "desktop.data.server.PasswordNeeded": CANNOT_LOG_IN,
    "desktop.data.server.Unreachable": NOT_FOUND,
    "desktop.data.server.Untrusted": CANNOT_LOG_IN,
    "desktop.exchange.files.CannotWrite": CANNOT_WRITE,
    "desktop.exchange.problems.BadTable": BAD_DATA,
    "desktop.exchange.rebuild.NothingThere": NOT_FOUND,
    "desktop.exchange.rebuild.NotRebuilt": BAD_DATA,
    "desktop.services.errors.Invalid": BAD_DATA,
    "desktop.services.errors.NotFound": NOT_FOUND,
}


class Failure(Exception):
    """A command that cannot be done, for a reason that only the command line knows."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def code_of(error: BaseException) -> int | None:
    """Return the exit code of a failure that has one; its text is the sentence to print. None for any other."""
    if isinstance(error, Failure):
        return error.code
    names = (f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__)
    return next((CODES[name] for name in names if name in CODES), None)
