"""规则管理: tells the policy reader, when the application starts, where the revisions of a pack are kept."""

from django.apps import AppConfig

from opendibao.policy.revisions import provide_changes


class Rulemaking(AppConfig):
    """The numbers and texts of the law as this county uses them."""

    name = "opendibao.rulemaking"

    def ready(self) -> None:
        """Packs like jx-demo-2024@7-… are read from the database from now on."""
        from opendibao.rulemaking.queries import revision_rows

        provide_changes(revision_rows)
