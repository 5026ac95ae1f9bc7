"""Everything under /api/v1/: apps do not know each other, so it is put together here."""

from catalog.api import urls as catalog
from identify.api import urls as identify
from market.api import urls as market

app_name = "v1"
routes = (*catalog.ROUTES, *identify.ROUTES, *market.ROUTES)
urlpatterns = catalog.addresses(routes, (*identify.PATHS, *market.PATHS))
