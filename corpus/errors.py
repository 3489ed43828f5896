"""The errors that a person can act on, one small tree.

FuwenError                  one line for the user: what is wrong and how to mend it
├── InputError              what was typed or handed in cannot be used
│   ├── UnreadableFile      a file that cannot be read as a letter
│   ├── UnknownLetter       no letter of that id in the corpus
│   └── EmptyCorpus         a data folder without letters
├── SettingsError           an unknown key or a value out of range
├── BrokenIndex             the index on disk is missing, damaged or of another version
└── ServiceError            a server or model that was named cannot be used
"""


class FuwenError(Exception):
    """Something is wrong that the user can mend; `str(error)` is the one line to show."""

    def __init__(self, thing: str, problem: str, mend: str) -> None:
        self.thing, self.problem, self.mend = thing, problem, mend
        # What was typed is repeated in it and may hold line breaks; a complaint is one line.
        super().__init__(" ".join(f"{thing}：{problem}。{mend}".split()))


class InputError(FuwenError):
    """What was typed or handed in cannot be used."""


class UnreadableFile(InputError):
    """A file that cannot be read as a letter."""


class UnknownLetter(InputError):
    """No letter of that id in the corpus."""


class EmptyCorpus(InputError):
    """A data folder without letters."""


class SettingsError(FuwenError):
    """An unknown key or a value out of range in the settings."""


class BrokenIndex(FuwenError):
    """The index on disk is missing, damaged or of another version."""


class ServiceError(FuwenError):
    """A server or a model that was named cannot be used."""
