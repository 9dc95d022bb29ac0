"""The glossary and the data dictionary say what the code says, both ways."""

import re

from tests.conventions import dictionary as d

CHINESE = re.compile(r"[一-鿿]")
LATIN_ONLY = {"SHA-256"}  # a label that needs no translation


def test_every_table_and_every_field_has_a_chinese_label() -> None:
    unnamed = [
        f"{model.__name__}.{field.name}"
        for model in d._models()
        for field in d._fields(model)
        if not CHINESE.search(str(field.verbose_name)) and str(field.verbose_name) not in LATIN_ONLY
    ]
    unnamed += [m.__name__ for m in d._models() if not CHINESE.search(str(m._meta.verbose_name))]

    assert unnamed == []


def test_every_label_of_tables_and_rules_stands_in_the_glossary() -> None:
    written = {term.key for term in d.read_terms(d.GLOSSARY.read_text("utf-8"))}

    assert {t.key for t in d.generated() if CHINESE.search(t.zh)} - written == set()


def test_every_word_of_the_glossary_is_still_in_the_code() -> None:
    written = d.read_terms(d.GLOSSARY.read_text("utf-8"))
    alive = {term.key for term in d.merged(written)}

    assert {term.key for term in written} - alive == set()


def test_the_glossary_is_sorted_and_says_nothing_twice() -> None:
    written = d.read_terms(d.GLOSSARY.read_text("utf-8"))

    assert len({term.key for term in written}) == len(written)
    assert [t.key for t in written] == [t.key for t in d.merged(written) if CHINESE.search(t.zh)]


def test_the_data_dictionary_is_current() -> None:
    assert d.dictionary_text() == d.DICTIONARY.read_text("utf-8"), "请运行 make docs"
