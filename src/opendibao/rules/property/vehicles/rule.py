"""机动车辆: cars that no exemption covers; one of little value may be left out."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, floor_at_zero, max_, total


@rule("vehicle", zh="车辆估值", clause="民发〔2021〕57号第十四条；演示参数：车辆估值办法", since="2021-07-01")
def vehicle_value(vehicle_comparable: Expr, vehicle_price: Expr, vehicle_age: Expr, p: Parameters) -> Expr:
    """By the median of comparable prices; without them the price less a fixed part a year, down to the remainder."""
    left = max_(10_000 - vehicle_age * p.valuation.vehicle.loss_per_year, p.valuation.vehicle.remainder)
    return choose(vehicle_comparable > 0, vehicle_comparable, vehicle_price * left // 10_000)


@rule("vehicle", zh="价值低、不计入的车辆", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def is_low_vehicle(vehicle_value: Expr, standard: Expr, p: Parameters) -> Expr:
    """Worth less than the policy's months of the standard; with zero months none is."""
    return vehicle_value < standard * p.valuation.vehicle.free_months


@rule("household", zh="计入的机动车辆数", clause="民发〔2021〕57号第十四条", unit="count", since="2021-07-01")
def counted_cars(cars: Expr) -> Expr:
    """All cars that are not exempt but those of little value."""
    return floor_at_zero(cars - total("vehicle", "is_low_vehicle"))


@rule("household", zh="机动车辆符合规定", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def cars_ok(counted_cars: Expr, p: Parameters) -> Expr:
    """Cars for the disabled, for treatment or for a living are exempt and not among these."""
    return counted_cars <= p.property.cars
