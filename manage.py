"""Django's own commands, for developers: python manage.py makemigrations …"""

import os
import pathlib
import sys

from opendibao.config import embedded

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opendibao.config.demo")
    embedded.use(pathlib.Path("var/pg"))
    os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
