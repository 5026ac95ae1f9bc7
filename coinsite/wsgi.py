import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coinsite.settings")
# Several pages are made at once, and their matrices are small: BLAS's own threads would wait for each
# other on a busy machine, and use eight times the processor while they wait.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
application = get_wsgi_application()
