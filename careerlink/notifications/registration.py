"""What this feature brings to the whole."""

from careerlink import mail
from careerlink.registry import Registry


def register(registry: Registry) -> None:
    registry.outbox_handlers[mail.KIND] = mail.deliver
