from opendibao.config.base import database


def test_a_url_names_server_role_and_database() -> None:
    found = database("postgresql://app:p%40ss@db.example:5433/county")

    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "county",
        "USER": "app",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }


def test_a_socket_folder_stands_in_the_query() -> None:
    found = database("postgresql://app:x@/county?host=/run/od-1")

    assert (found["HOST"], found["PORT"]) == ("/run/od-1", "")
