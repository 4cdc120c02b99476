"""The kinds of exercise, one module each: fields of the file, track, spoken lines, easier forms.

A kind is a subclass of `Dose` under `registry.register`. Importing this package imports all its
modules, so that a new kind is one new file here: routine, plan, screening and dialog ask a dose,
and name no kind.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
