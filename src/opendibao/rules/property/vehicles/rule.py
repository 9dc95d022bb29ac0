"""机动车辆: cars that no exemption covers."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters


@rule("household", zh="机动车辆符合规定", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def cars_ok(cars: Expr, p: Parameters) -> Expr:
    """Cars for the disabled, for treatment or for a living are exempt and not among these."""
    return cars <= p.property.cars
