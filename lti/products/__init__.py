"""What differs between learning management systems when we send scores."""

from lti.models import Family
from lti.products.base import Product
from lti.products.canvas import Canvas
from lti.products.moodle import Moodle

PRODUCTS: dict[Family, Product] = {
    Family.CANVAS: Canvas(),
    Family.MOODLE: Moodle(),
    Family.OTHER: Product(),
}


def product_of(family: Family) -> Product:
    return PRODUCTS[family]
