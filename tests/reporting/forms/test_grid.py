"""表格: cells that reach over others fill their rows exactly, or are refused."""

import pytest

from opendibao.reporting.forms.grid import BadGrid, Cell, Grid, placed


def test_a_cell_takes_its_columns_and_rows() -> None:
    tall, wide, small = Cell("高", down=2), Cell("宽", across=2), Cell("小")

    found = placed(Grid((10, 10, 10), ((tall, wide), (small, small))))

    assert found == [[(tall, 0), (wide, 0), None], [(tall, 1), (small, 0), (small, 0)]]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (((Cell("一"),),), "第1行的格子没有填满2列"),
        (((Cell("一", across=3),),), "第1行的格子没有填满2列，或超出了表格"),
        (((Cell("一"), Cell("二"), Cell("三")),), "第1行多了1格"),
        (((Cell("一", down=2), Cell("二")),), "没有占完的格子"),
    ],
)
def test_cells_that_do_not_fit_are_refused(rows: tuple[tuple[Cell, ...], ...], told: str) -> None:
    with pytest.raises(BadGrid, match=told):
        placed(Grid((10, 10), rows))
