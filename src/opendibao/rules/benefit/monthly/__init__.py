"""月保障金: base and supplements."""
