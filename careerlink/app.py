"""The web application: a composition root, one of the few modules that know all packages."""

from flask import Flask
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

import credit.setup
import lti.setup
from careerlink import models, resources, security, setup
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.registry import registry
from careerlink.reminders import registration as reminders
from careerlink.web import (
    Services,
    close_request_session,
    errors,
    former_address,
    language,
    navigation,
    templating,
)
from careerlink.web.actor import load_actor
from careerlink.web.proxy import LocalProxy
from careerlink.web.session import ServerSessions

__all__ = ["compose", "create_app", "models"]

csrf = CSRFProtect()


def compose() -> None:
    """Fill the registry; done anew by every process and every test application."""
    registry.clear()
    setup.register(registry)
    lti.setup.register(registry)
    credit.setup.register(registry)
    reminders.register(registry)


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    compose()
    app = Flask(
        "careerlink",
        template_folder=str(resources.path("templates")),
        static_folder=str(resources.PACKAGE / "static"),
    )
    equip(app, settings, database)
    app.session_interface = ServerSessions()
    app.wsgi_app = LocalProxy(app.wsgi_app)  # type: ignore[method-assign]
    _register(app)
    return app


def equip(app: Flask, settings: Settings, database: Database | None) -> None:
    """What differs between two installations: everything else is the same application."""
    app.config.update(
        SECRET_KEY=settings.server.secret,
        MAX_CONTENT_LENGTH=(settings.files.max_megabytes + 1) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        PREFERRED_URL_SCHEME=settings.server.public_url.split(":", 1)[0],
        # The token ends with the session: a form left open over lunch still works.
        WTF_CSRF_TIME_LIMIT=None,
        # Privacy extensions strip the Referer; the token is what proves the form is ours.
        WTF_CSRF_SSL_STRICT=False,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.extensions["careerlink"] = Services(
        settings,
        database or Database(settings.database.url, pool_size=settings.database.pool_size),
    )


def _register(app: Flask) -> None:
    Babel(app, locale_selector=language.choose)
    templating.register(app)
    app.before_request(security.limit_body)
    app.before_request(former_address.lead_on)
    app.before_request(load_actor)
    app.before_request(security.enforce)
    csrf.init_app(app)
    app.after_request(security.security_headers)
    app.teardown_request(close_request_session)
    app.context_processor(navigation.page_context)
    errors.register(app)
    for blueprint in registry.blueprints:
        app.register_blueprint(blueprint)
        if getattr(blueprint, "csrf_exempt", False):
            csrf.exempt(blueprint)
