"""文稿: the filled template becomes blocks; only the template itself makes headings and tables."""

from opendibao.reporting.blocks import Run, Table, figure_mark, mark_leads, parse, plain_text

TABLE = Table("附表", ("甲", "乙"), (10, 20), (("1", "2"),))


def test_signs_at_the_start_of_a_line_make_headings_and_tables() -> None:
    text = mark_leads("# 一\n## （一）\n### 1.\n话\n@ t\n")

    blocks = parse(text, {"t": TABLE})

    assert [block.kind for block in blocks] == ["heading1", "heading2", "heading3", "paragraph", "table"]
    assert [block.text for block in blocks[:4]] == ["一", "（一）", "1.", "话"]


def test_a_value_that_looks_like_a_sign_stays_a_paragraph() -> None:
    (block,) = parse(mark_leads("{x}\n").replace("{x}", "# 假标题"), {})

    assert (block.kind, block.text) == ("paragraph", "# 假标题")


def test_a_paragraph_knows_the_figures_it_prints_once_each_in_order() -> None:
    line = (
        f"共{figure_mark('12', 'b')}户{figure_mark('30', 'a')}人，又{figure_mark('12', 'b')}户{figure_mark('', 'c')}。"
    )

    (block,) = parse(line, {})

    assert block.text == "共12户30人，又12户。"
    assert block.figures == ("b", "a", "c")
    assert block.runs[1] == Run("12", "b")


def test_plain_text_prints_tables_as_rows() -> None:
    blocks = parse(mark_leads("话\n@ t\n"), {"t": TABLE})

    assert plain_text(blocks) == "话\n附表\n甲\t乙\n1\t2\n"
