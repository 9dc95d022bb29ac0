"""OpenDibao: the open system with which a county runs 最低生活保障."""
