"""Loads the names of a package when they are first asked for: a short command does not wait for what only a long one needs."""

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package whose names are loaded from their modules at their first use."""

    _homes: Mapping[str, str]

    def __getattr__(self, name: str) -> Any:
        home = self.__dict__.get("_homes", {}).get(name)
        if home is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found = getattr(import_module(home), name)
        self.__dict__[name] = found
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        # Python puts a loaded module into its package: where the package lists a function of that name, it stays the function.
        if not (isinstance(value, ModuleType) and name in self._homes):
            super().__setattr__(name, value)


def lazily(package: str, homes: Mapping[str, str]) -> None:
    """Give a package, in its `__init__.py`, the names that it lists: `homes` holds a module's names, a space between two."""
    module = sys.modules[package]
    module.__dict__["_homes"] = {name: f"{package}.{home}" for home, names in homes.items() for name in names.split()}
    module.__class__ = _Package
