"""Which modules an edit concerns, and loading them again: all or none, and back."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from smallcode_jupyter.frontends.cells.flow import imported_by, users_of
from smallcode_jupyter.frontends.modules.graph import affected_by, loaded_from, members_of
from smallcode_jupyter.frontends.modules.loading import Loading, load_again
from smallcode_jupyter.frontends.modules.staged import prefer_staged

Write = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that modules can be imported from; afterwards they are forgotten."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    yield tmp_path.resolve()
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]


def write(folder: Path, texts: Mapping[str, str] | None = None, **more: str) -> None:
    for name, text in {**(texts or {}), **more}.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def order(folder: Path, *names: str) -> tuple[tuple[str, ...], set[str]]:
    found = affected_by({folder / name for name in names}, folder, read)
    return found.order, set(found.reached)


def again(folder: Path, *names: str, **options: Any) -> Loading:
    options = {"namespace": {}, "imported": {}} | options
    return load_again([folder / name for name in names], folder, **options)


def load(*names: str) -> Any:
    modules = [importlib.import_module(name) for name in names]
    return modules[0] if len(modules) == 1 else modules


def test_those_that_hold_objects_of_an_edited_module_are_loaded_after_it(folder: Path) -> None:
    write(
        folder,
        ma="def f(): pass\nclass K: pass",
        mb="from ma import f",
        mc="import ma as m\nclass C(m.K): pass",
        md="import ma\ndef g():\n    return ma.f()",
        me="def h():\n    import md\n    return md.g()",
        mf="import mb\nx = mb.f",
        mg="import os",
    )
    load("mf", "me", "md", "mc", "mb", "ma", "mg")
    found, reached = order(folder, "ma.py")
    assert set(found) == {"ma", "mb", "mc", "mf"}
    assert [found.index(name) for name in ("ma", "mb", "mf")] == sorted(
        found.index(name) for name in ("ma", "mb", "mf")
    )
    assert reached == {"ma", "mb", "mc", "md", "me", "mf"}
    assert order(folder, "mg.py") == (("mg",), {"mg"})
    assert order(folder, "unknown.py") == ((), set())


def test_packages_relative_imports_and_circles(folder: Path) -> None:
    write(
        folder,
        {
            "pk/__init__": "from .core import f\nfrom . import user\n",
            "pk/core": "def f(): return 1",
            "pk/user": "from . import core\nfrom .core import f\nfrom . import side",
            "pk/side": "from . import user",
            "outer": "import pk.core\ndef g(): return pk.core.f()",
        },
    )
    load("pk", "outer")
    found, reached = order(folder, "pk/core.py")
    assert found[0] == "pk.core"
    assert set(found) == {"pk.core", "pk", "pk.user"}
    assert {"outer", "pk.side"} <= reached
    assert loaded_from([folder / "pk" / "core.py"], folder) == ("pk.core",)


def test_a_package_that_is_loaded_again_keeps_its_submodules(folder: Path) -> None:
    write(folder, {"qk/__init__": "gone = 1", "qk/core": "x = 1"})
    load("qk.core")
    package: Any = sys.modules["qk"]
    write(folder, {"qk/__init__": "new = 2"})
    again(folder, "qk/__init__.py")
    assert (package.new, package.core.x) == (2, 1)
    assert not hasattr(package, "gone")


def test_an_edit_of_the_same_size_within_a_second_is_seen(folder: Path) -> None:
    write(folder, quick="x = 1")
    module = load("quick")
    write(folder, quick="x = 2")
    again(folder, "quick.py")
    assert module.x == 2


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("x = 2\ny = nowhere", "mb.py, line 2: NameError: name 'nowhere' is not defined"),
        ("x = 2\ny = (", "mb.py, line 2: SyntaxError: '(' was never closed"),
        ("import sys\nsys.exit(3)", "mb.py, line 2: SystemExit: 3"),
        ("from ma import missing", "mb.py, line 1: ImportError: cannot import name 'missing' from 'ma'"),
    ],
)
def test_where_one_fails_all_stay_as_they_were(folder: Path, broken: str, told: str) -> None:
    write(folder, ma="def f(): return 1", mb="from ma import f\nx = 1")
    one, two = load("ma", "mb")
    members = dict(vars(one)), dict(vars(two))
    namespace: dict[str, object] = {"f": one.f}
    write(folder, ma="def f(): return 2", mb=broken)
    loading = again(folder, "ma.py", "mb.py", namespace=namespace)
    assert told in str(loading.error)
    assert (vars(one), vars(two)) == members
    assert namespace["f"] is one.f is two.f
    assert loading.before == {}


def test_names_are_bound_to_the_new_objects_and_what_is_old_is_named(folder: Path) -> None:
    text = "LIMIT = 10\ndef f(): return 1\ndef lost(): pass\nclass K: pass\n"
    write(folder, ma=text)
    module = load("ma")
    namespace: dict[str, Any] = {
        "f": module.f,
        "g": module.f,
        "lost": module.lost,
        "saved": module.f,
        "LIMIT": module.LIMIT,
        "ten": 10,
        "thing": module.K(),
        "many": {"k": module.K()},
        "bound": module.K().__init__,
        "_private": module.f,
    }
    namespace["Sub"] = type("Sub", (module.K,), {})
    write(
        folder, ma=text.replace("10", "20").replace("return 1", "return 2").replace("def lost(): pass\n", "")
    )
    imported = {"g": ("ma", "f"), "LIMIT": ("ma", "LIMIT")}
    loading = again(folder, "ma.py", namespace=namespace, imported=imported)
    assert (namespace["f"](), namespace["g"](), namespace["LIMIT"], namespace["ten"]) == (2, 2, 20, 10)
    assert set(loading.bound) == {"f", "g", "LIMIT"}
    assert loading.gone == ("lost",)
    assert dict(loading.old) == dict.fromkeys(("thing", "many", "Sub"), "ma.K") | {"saved": "ma.f"}


def test_what_was_loaded_again_goes_back_to_its_very_objects(folder: Path) -> None:
    write(folder, ma="def f(): return 1", mb="from ma import f")
    one, two = load("ma", "mb")
    old = one.f
    write(folder, ma="def f(): return 2")
    loading = again(folder, "ma.py")
    assert one.f is not old
    assert one.f is two.f
    assert set(loading.put_back()) == {"ma", "mb"}
    assert one.f is two.f is old
    loading = again(folder, "ma.py")
    importlib.reload(one)
    assert loading.put_back() == ("mb",)


def test_staged_texts_come_before_the_disk_also_for_new_and_deleted_files(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, sa="x = 1", sb="x = 1")
    module = load("sa")
    earlier = tmp_path_factory.mktemp("earlier")
    (earlier / "sd.py").write_text("x = 'earlier'", encoding="utf-8")
    monkeypatch.syspath_prepend(str(earlier))
    texts: Mapping[Path, str | None] = {
        folder / "sa.py": "import sc\nx = sc.y + 1",
        folder / "sb.py": None,
        folder / "sc.py": "y = 5",
        folder / "sd.py": "x = 'staged'",
        folder / "sp" / "__init__.py": "from .inner import z",
        folder / "sp" / "inner.py": "z = 7",
    }
    prefer_staged(texts)
    again(folder, "sa.py", texts=texts)
    assert (module.x, load("sp").z, load("sd").x) == (6, 7, "earlier")
    with pytest.raises(ModuleNotFoundError, match="sb"):
        load("sb")
    assert sorted(path.name for path in folder.glob("s*")) == ["sa.py", "sb.py"]


def test_cells_that_use_names_are_found_and_imports_do_not_spread(shell: Any) -> None:
    cells = [
        "import utils, pandas as pd",
        "rows = utils.load()",
        "import numpy as np\nmean = np.mean(utils.values)",
        "other = np.zeros(3); pd.DataFrame()",
        "print(rows)",
        "total = mean + 1",
    ]
    assert users_of(shell, {"utils"}, cells) == (1, 2, 4, 5)
    assert imported_by(shell, "from a.b import c as d, e\nimport f") == {"d": ("a.b", "c"), "e": ("a.b", "e")}


def test_what_only_says_that_it_is_a_module_is_passed_over() -> None:
    """The library object of cffi does."""

    class Pretender:
        __class__ = ModuleType  # type: ignore[assignment]

    assert isinstance(Pretender(), ModuleType)
    assert members_of(Pretender()) == {}
