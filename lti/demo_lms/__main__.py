"""``python -m lti.demo_lms``: serve the demo's learning management system."""

from collections.abc import Sequence
from pathlib import Path

import click
from werkzeug.serving import make_server

from lti.demo_lms.app import create_platform
from lti.demo_lms.demo_course import CAST, COURSES, CastMember, DemoCourse, fill, read_class
from lti.demo_lms.lms import Lms


@click.command()
@click.option("--port", default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--url", default="", help="Public address, when it is not http://localhost:PORT.")
@click.option("--canvas-issuer", default="", help="As Canvas: an issuer other than --url.")
@click.option("--canvas-host", default="", help="As Canvas: where sign-in and tokens are.")
@click.option("--tool-url", default="http://127.0.0.1:8000", show_default=True)
@click.option("--mail-dir", type=click.Path(path_type=Path), help="Where the tool writes mail.")
@click.option("--state", type=click.Path(path_type=Path), help="File that keeps everything.")
@click.option("--behave", type=click.Choice(["moodle", "canvas"]), help="Family to begin with.")
@click.option(
    "--people",
    "people_file",
    type=click.Path(exists=True, path_type=Path),
    help="JSON file with courses and people, instead of the built-in class.",
)
@click.option("--custom", "customs", multiple=True, metavar="LINK:NAME=VALUE",
              help="A custom parameter of a link, such as listing:listing=abc.")  # fmt: skip
def main(
    port: int,
    host: str,
    url: str,
    canvas_issuer: str,
    canvas_host: str,
    tool_url: str,
    mail_dir: Path | None,
    state: Path | None,
    behave: str | None,
    people_file: Path | None,
    customs: tuple[str, ...],
) -> None:
    lms = Lms(
        url or f"http://localhost:{port}",
        path=state,
        mail_dir=mail_dir,
        issuer=canvas_issuer,
        auth_url=canvas_host and f"{canvas_host}/api/lti/authorize_redirect",
        token_url=canvas_host and f"{canvas_host}/login/oauth2/token",
    )
    courses: Sequence[DemoCourse] = COURSES
    cast: Sequence[CastMember] = CAST
    if people_file is not None:
        courses, cast = read_class(people_file)
    fill(lms, tool_url, cast=cast, courses=courses)
    with lms.changing() as school:
        if behave is not None:
            school.family = "canvas" if behave == "canvas" else "moodle"
        for custom in customs:
            link, _, pair = custom.partition(":")
            name, _, value = pair.partition("=")
            lms.activity(link).custom[name] = value
    server = make_server(host, port, create_platform(lms), threaded=True)
    click.echo(f"Demo LMS on {lms.url}")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
