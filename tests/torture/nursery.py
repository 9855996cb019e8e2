"""Reading many workbooks of Excel 97 in one program, which is begun again when a file has ended it."""

import json
import struct
import subprocess
import sys

from desktop.exchange import sheet

LOOP = """
import io, json, struct, sys
sys.path.insert(0, sys.argv[1])
import sheet
given, taken = sys.stdin.buffer, sys.stdout.buffer
while size := given.read(4):
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.read(struct.unpack("<I", size)[0])))
    sys.stdout = io.TextIOWrapper(io.BytesIO())
    sheet.main()
    said = sys.stdout.buffer.getvalue()
    taken.write(struct.pack("<I", len(said)) + said)
    taken.flush()
"""


class Nursery:
    """What `workbook` does for one file with the program of `sheet`, for many."""

    def __init__(self):
        self.died = 0
        self._program = None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._end()

    def read_apart(self, data, chosen):
        """Return the sheet of a workbook as `workbook._read_apart` does, or raise Refused as that does."""
        assert not chosen
        said = self._read(data)
        if said is None or "why" in said:
            raise sheet.Refused(said["why"] if said else "damaged")
        return sheet.Sheet(**said)

    def _read(self, data):
        if self._program is None:
            folder = sheet.__file__.rpartition("/")[0]
            words = [sys.executable, "-c", LOOP, folder]
            self._program = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        self._program.stdin.write(struct.pack("<I", len(data)) + data)
        self._program.stdin.flush()
        size = self._program.stdout.read(4)
        if len(size) < 4:
            self.died += 1
            self._end()
            return None
        return json.loads(self._program.stdout.read(struct.unpack("<I", size)[0]))

    def _end(self):
        if self._program:
            self._program.stdin.close()
            self._program.stdout.close()
            self._program.wait()
            self._program = None
