"""Writes docs/data-dictionary.md and keeps docs/glossary.md, from the tables, the rules and what people added.

`python -m tests.conventions.dictionary [more-terms.md …]` writes both; the tests hold them against the code.
"""

import os
import pathlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tests.conventions.sources import ROOT, SRC, texts

GLOSSARY, DICTIONARY = ROOT / "docs" / "glossary.md", ROOT / "docs" / "data-dictionary.md"
_HEAD = """# 词汇表 · Glossary

代码里的每个标识符都是这里的一个词；页面上的字就是它的中文。按拼音排列。
Every identifier in the code is a word of this page; its Chinese term is the label on screen. `make docs` adds the
labels of new tables and rules; a term of yours is a row of your own, kept as long as its identifier is in the code.

| 中文 | identifier | meaning | clause |
|---|---|---|---|
"""
_CHINESE = re.compile(r"[一-鿿]")


class Term(NamedTuple):
    """A row: the Chinese word, the identifier, what it means, the clause it comes from."""

    zh: str
    identifier: str
    meaning: str
    clause: str

    @property
    def key(self) -> tuple[str, str]:
        return self.zh, self.identifier


def _sentence(text: str | None) -> str:
    """The first sentence of a docstring, without the Chinese term in brackets."""
    first = (text or "").strip().partition("\n")[0]
    return re.sub(r"（[^）]*）", "", first).replace("|", "/").strip()


def _models() -> list:  # type: ignore[type-arg]
    from django.apps import apps

    ours = [m for m in apps.get_models() if m.__module__.startswith("opendibao.")]
    order = [config.label for config in apps.get_app_configs()]
    return sorted(ours, key=lambda m: (order.index(m._meta.app_label), m.__name__))


def _fields(model) -> list:  # type: ignore[no-untyped-def, type-arg]
    # what Django's own user brings along is not our word
    inherited = {"id", "password", "last_login", "is_superuser", "groups", "user_permissions"}
    return [f for f in (*model._meta.fields, *model._meta.many_to_many) if f.name not in inherited]


def _choices() -> Iterator[Term]:
    from django.db.models import TextChoices

    from opendibao.kernel.duties import Duty

    yield from (Term(duty.zh, duty.value, "one of Duty", "") for duty in Duty)
    for kind in TextChoices.__subclasses__():
        if kind.__module__.startswith("opendibao."):
            for member in kind:
                yield Term(str(member.label), str(member.value), f"one of {kind.__name__}", "")


def _of_tables() -> Iterator[Term]:
    fields: dict[tuple[str, str], list[str]] = {}
    for model in _models():
        yield Term(str(model._meta.verbose_name), model.__name__, _sentence(model.__doc__), "")
        for field in _fields(model):
            fields.setdefault((str(field.verbose_name), field.name), []).append(model.__name__)
    for (zh, name), of in fields.items():
        yield Term(zh, name, f"of {', '.join(of)}", "")


def _of_rules() -> Iterator[Term]:
    from opendibao.rules.book import rule_book
    from opendibao.rules.facts import FACTS

    for rule in rule_book().rules:
        yield Term(rule.zh, rule.name, f"rule of a {rule.entity}", rule.clause)
    for entity, facts in FACTS.items():
        for name, fact in facts.items():
            yield Term(fact.zh, name, f"fact of a {entity}", "")


def generated() -> list[Term]:
    """The terms that tables, choices and rules bring along; one that is told twice keeps its first meaning."""
    found: dict[tuple[str, str], Term] = {}
    for term in (*_of_tables(), *_of_rules(), *_choices()):
        found.setdefault(term.key, term)
    return list(found.values())


def read_terms(text: str) -> list[Term]:
    """The rows of a table of terms."""
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and _CHINESE.search(cells[0]) and cells[1] != "identifier":
            rows.append(Term(cells[0], cells[1].strip("`"), cells[2], cells[3]))
    return rows


def _words_of_code() -> set[str]:
    words: set[str] = set()
    for file, text in texts(SRC):
        if "migrations" not in file.parts:
            words.update(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", text))
    return words


def merged(written: Iterable[Term]) -> list[Term]:
    """What the glossary should hold: generated terms, and written ones whose identifier is still in the code."""
    words, found = _words_of_code(), {term.key: term for term in generated()}
    for term in written:
        is_ours = re.match(r"(of|rule of a|fact of a|one of) ", term.meaning)
        if term.key not in found and not is_ours and set(re.findall(r"[A-Za-z_]\w*", term.identifier)) <= words:
            found[term.key] = term
        elif term.key in found and not found[term.key].clause and term.clause:
            found[term.key] = found[term.key]._replace(clause=term.clause)
    return sorted(
        found.values(), key=lambda t: (t.zh.encode("gb18030"), t.identifier)
    )  # common characters in pinyin order


def glossary_text(terms: Sequence[Term]) -> str:
    """The page."""
    return _HEAD + "".join(f"| {t.zh} | `{t.identifier}` | {t.meaning} | {t.clause} |\n" for t in terms)


def _type_of(field) -> str:  # type: ignore[no-untyped-def]
    if field.is_relation and field.related_model:
        return f"→ {field.related_model.__name__}"
    length = f"({field.max_length})" if getattr(field, "max_length", None) else ""
    return f"{field.get_internal_type().removesuffix('Field')}{length}"


def _rules_of(model) -> Iterator[str]:  # type: ignore[no-untyped-def]
    for constraint in model._meta.constraints:
        yield f"- `{constraint.name}` ({type(constraint).__name__})"


def _page_of(model) -> str:  # type: ignore[no-untyped-def]
    lines = [
        f"### {model._meta.verbose_name} `{model.__name__}`",
        "",
        f"`{model._meta.db_table}` — {_sentence(model.__doc__)}",
        "",
    ]
    lines += ["| 字段 field | 中文 | 类型 type | 可空 null | 取值 values |", "|---|---|---|---|---|"]
    for field in _fields(model):
        values = "、".join(f"{k} {v}" for k, v in (field.choices or []) if k)
        null = "是" if field.null else ""
        lines.append(f"| `{field.name}` | {field.verbose_name} | {_type_of(field)} | {null} | {values} |")
    return "\n".join([*lines, "", *_rules_of(model), ""])


def dictionary_text() -> str:
    """Every table with its fields and the constraints that the database keeps."""
    lines = [
        "# 数据字典 · Data dictionary",
        "",
        "由 `make docs` 从模型生成，不手改。 Generated from the models; do not edit.",
        "",
    ]
    app = ""
    for model in _models():
        if model._meta.app_label != app:
            app = model._meta.app_label
            lines += [f"## {app}", ""]
        lines.append(_page_of(model))
    return "\n".join(lines).rstrip() + "\n"


def main(more: Sequence[str]) -> None:
    """Write both pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opendibao.config.test")
    import django

    django.setup()
    written = read_terms(GLOSSARY.read_text("utf-8")) if GLOSSARY.exists() else []
    for file in more:
        written += read_terms(pathlib.Path(file).read_text("utf-8"))
    GLOSSARY.write_text(glossary_text(merged(written)), "utf-8")
    DICTIONARY.write_text(dictionary_text(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
