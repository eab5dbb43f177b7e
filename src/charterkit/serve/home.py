"""The first page: the schools, where each stands, what is due, and what to do next."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.serve.pages import desk_of, page


async def home(request: Request) -> Response:
    """Every school of the workspace, in a line."""
    desk = desk_of(request)
    schools = [desk.workspace.school(slug) for slug in desk.workspace.slugs]
    listed = [{"slug": folder.slug, "name": folder.school.name} for folder in schools if folder.is_school]
    return page(desk, "home.html.j2", here="home", schools=listed)


ROUTES: list[BaseRoute] = [Route("/home", home)]
