"""Only acts write rows of cases, record, units and people.Post.

A call of a writing method counts when what it is called on, somewhere in its chain, names one of those
models: the class (``Matter.objects…``), a variable of its name (``matter.save()``), or one made from it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shangliang"
WRITES = {"create", "save", "delete", "update"}
WRITES |= {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES |= {f"a{name}" for name in WRITES}
# The record's own writing functions. import-linter keeps the first two for acts, a test below the third.
ALLOWED = {"record/append.py", "record/erasure.py", "record/content.py"}


def model_names(source: str) -> set[str]:
    """Classes of a models.py that derive from something; abstract or not makes no difference here."""
    return {node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.bases}


def guarded_models() -> set[str]:
    found = {"Post"}
    for room in ("cases", "record", "units"):
        for path in (SOURCE / room).rglob("models*.py"):
            found |= model_names(path.read_text(encoding="utf-8"))
    return found


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def names_in(node: ast.AST) -> set[str]:
    """The words of a chain such as ``a.b(c).d``: a, b, d, not what is in the brackets."""
    match node:
        case ast.Name(id=word):
            return {word}
        case ast.Attribute(value=inner, attr=word):
            return {word.removesuffix("_set")} | names_in(inner)
        case ast.Call(func=inner) | ast.Subscript(value=inner) | ast.Await(value=inner):
            return names_in(inner)
        case ast.IfExp(body=one, orelse=other):
            return names_in(one) | names_in(other)
        case ast.BoolOp(values=values):
            return set().union(*map(names_in, values))
    return set()


def words_in(annotation: ast.expr) -> set[str]:
    return {leaf.id for leaf in ast.walk(annotation) if isinstance(leaf, ast.Name)}


def made_from(function: ast.AST, marked: set[str]) -> set[str]:
    """Variables that are assigned, looped or annotated from something marked."""
    pairs: list[tuple[ast.expr, set[str]]] = []
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                pairs += [(target, names_in(value)) for target in targets]
            case ast.AnnAssign(target=target, annotation=annotation):
                pairs.append((target, words_in(annotation)))
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                pairs.append((target, names_in(value)))
            case ast.NamedExpr(target=target, value=value):
                pairs.append((target, names_in(value)))
            case ast.arg(arg=name, annotation=ast.expr() as annotation):
                pairs.append((ast.Name(name), words_in(annotation)))
    found: set[str] = set()
    for target, words in pairs:
        if isinstance(target, ast.Name) and words & (marked | found):
            found.add(target.id)
    return found


def writes(source: str, models: set[str]) -> Iterator[tuple[int, str]]:
    marked = models | {snake(name) for name in models} | {f"{snake(name)}s" for name in models}
    tree = ast.parse(source)
    scopes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    seen: set[tuple[int, str]] = set()
    for scope in [*scopes, tree]:
        known = marked | (made_from(scope, marked) if scope is not tree else set())
        for node in ast.walk(scope):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in WRITES and names_in(node.func.value) & known:
                seen.add((node.lineno, ast.unparse(node.func)))
    yield from sorted(seen)


def test_only_acts_write_rows() -> None:
    models = guarded_models()
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        if place.parts[0] == "acts" or "migrations" in place.parts or place.as_posix() in ALLOWED:
            continue
        found += [f"{place}:{line} {call}" for line, call in writes(path.read_text(encoding="utf-8"), models)]
    assert not found, "rows are written outside acts:\n" + "\n".join(found)


def test_only_acts_store_attachments() -> None:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.relative_to(SOURCE).parts[0] in ("acts", "record"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(value=ast.Name(id="content"), attr="store"):
                    found.append(f"{path}:{node.lineno}")
                case ast.ImportFrom(module="shangliang.record.content", names=names):
                    found += [f"{path}:{node.lineno}" for name in names if name.name == "store"]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "Matter.objects.create(title='a')",
        "Matter.objects.filter(id=1).update(stage='b')",
        "def f(matter):\n    matter.save()",
        "def f(request):\n    request.matter.delete()",
        "def f(unit):\n    unit.matter_set.create()",
        "def f(unit):\n    unit.matters.bulk_create([])",
        "def f():\n    row = Matter.objects.get(id=1)\n    row.save()",
        "def f():\n    for row in Matter.objects.all():\n        row.delete()",
        "def f(row: Matter | None):\n    row.save()",
        "async def f():\n    await Matter.objects.acreate()",
    ],
)
def test_a_write_is_noticed(source: str) -> None:
    assert list(writes(source, {"Matter"}))


@pytest.mark.parametrize(
    "source",
    [
        "Account.objects.create(name='a')",
        "def f(workbook, stream):\n    workbook.save(stream)",
        "def f(digest, matter):\n    digest.update(matter.text)",
        "def f(facts, matter):\n    facts.update(title=matter.title)",
        "def f(matter):\n    return perform(matter)",
    ],
)
def test_other_calls_pass(source: str) -> None:
    assert not list(writes(source, {"Matter"}))
