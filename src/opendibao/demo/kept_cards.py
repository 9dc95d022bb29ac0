"""代领和代管: an old person's money is fetched by a neighbour, another one's card is kept; both by signed agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from random import Random

from opendibao.demo.agreement_paper import agreement_paper
from opendibao.demo.officers import COUNTY_CHECKER, Step, Windows, by
from opendibao.demo.plan import CountyPlan
from opendibao.demo.village_people import Countryside, Village
from opendibao.demo.ways import way_of
from opendibao.kernel.ids import DEMO_PREFIX, make_id_number
from opendibao.kernel.workdays import add_workdays, on_or_after
from opendibao.registry import actions as registry
from opendibao.registry.custody_queries import custodies, proxies
from opendibao.registry.entries import CustodyEntry, PaperEntry, ProxyEntry
from opendibao.registry.queries import members_on

ORDER = 26
SIGNED_ON, FILED_AFTER = 16, 2
LOOKED_ON = (12, 10)
"""Month and day on which the township looks whether the card is there and the money was paid out."""
PHONE, ACCOUNTANT = "00000000000", "村（社区）会计"
OLD_AND_SLOW = "年纪大，腿脚不便，到不了银行网点"
LIVES_ALONE = "独居，不会用自助设备，怕遗失"
IN_ORDER = "卡和存折都在，对过近一年的流水，每笔都由本人签收"


@dataclass(frozen=True)
class KeptCards:
    """The proxy and the kept card of a plan."""

    plan: CountyPlan
    households: dict[str, int]
    offices: Windows
    country: Countryside

    def steps(self) -> Iterator[Step]:
        """Entered by the township, filed by the county; the kept card is looked at before the year ends."""
        for kind, enter, file in (("proxy", self.fetched, self.file_proxy), ("custody", self.kept, self.file_custody)):
            if way := way_of(self.plan, kind):
                day = on_or_after(way.month.replace(day=SIGNED_ON))
                yield day, ORDER, self.offices.by_clerk(way.number, partial(enter, way.number))
                filed = partial(file, way.number)
                yield add_workdays(day, FILED_AFTER), ORDER, by(COUNTY_CHECKER, self.plan.county_code, filed)
        if way := way_of(self.plan, "custody"):
            day = on_or_after(date(self.plan.year, *LOOKED_ON))
            yield day, ORDER, self.offices.by_clerk(way.number, partial(self.look, way.number))

    def _village(self, number: str) -> Village:
        return self.country.villages[self.offices.villages[number]]

    def _head(self, number: str, on: date) -> str:
        return members_on(self.households[number], on)[0].name

    def _paper(self, title: str, family: str, other: str, on: date) -> PaperEntry:
        return PaperEntry("application/pdf", agreement_paper(title, family, other, on))

    def fetched(self, number: str, at: datetime) -> None:
        """A neighbour fetches the money; it goes to the family's own account as before."""
        on, rng = at.date(), Random(f"proxy {number}")
        family, neighbour = self._head(number, on), self._village(number).neighbours[0]
        born = date(on.year - rng.randint(35, 55), 5, rng.randint(1, 28))
        entry = ProxyEntry(
            name=neighbour, id_number=make_id_number(DEMO_PREFIX, born, rng.randrange(500, 999)), phone=PHONE,
            relation="neighbour", reason="old", reason_note=OLD_AND_SLOW, agreed_by=family, agreed_on=on, since=on,
            until=None, paper=self._paper("代领协议", family, neighbour, on),
        )  # fmt: skip
        registry.register_proxy(self.households[number], entry, on=on, at=at)

    def file_proxy(self, number: str, at: datetime) -> None:
        """The county takes note; only now it counts."""
        registry.file_proxy(proxies(at.date(), household_id=self.households[number])[0].id, on=at.date(), at=at)

    def kept(self, number: str, at: datetime) -> None:
        """The village's accountant keeps the card; the family keeps its password."""
        on, village = at.date(), self._village(number)
        family, keeper = self._head(number, on), village.cadres[1]
        entry = CustodyEntry(
            custodian=keeper, custodian_is="village", post=ACCOUNTANT, reason=LIVES_ALONE, handed="card", handed_on=on,
            agreed_by=family, agreed_on=on, paper=self._paper("银行卡代管协议", family, keeper, on),
        )  # fmt: skip
        registry.hand_over_card(self.households[number], entry, on=on, at=at)

    def file_custody(self, number: str, at: datetime) -> None:
        """The county takes note (57号 第二十六条)."""
        registry.file_custody(self._custody(number, at), on=at.date(), at=at)

    def look(self, number: str, at: datetime) -> None:
        """The township's clerk, who is not the keeper, sees the card and asks the family."""
        on = at.date()
        registry.check_custody(
            self._custody(number, at), way="visit", is_there=True, is_paid_out=True, spoken_with=self._head(number, on),
            findings=IN_ORDER, on=on, at=at,
        )  # fmt: skip

    def _custody(self, number: str, at: datetime) -> int:
        return custodies(at.date(), household_id=self.households[number])[0].id
