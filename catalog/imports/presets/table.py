from django.utils.translation import gettext_lazy as _

from catalog.imports.presets.base import Preset

TABLE = Preset(
    "table",
    _("Spreadsheet"),
    lambda table: True,
    how_to=_(
        "One coin in a row, the names of the columns on top. CSV, TSV and XLSX, from Excel, LibreOffice "
        "or any program that exports a table. Photos: put their file names in columns, and the files "
        "in a ZIP."
    ),
)
