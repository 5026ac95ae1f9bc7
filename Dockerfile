# syntax=docker/dockerfile:1

FROM node:22-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
RUN apt-get update && apt-get install --yes --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
COPY script/vendor script/outline.py script/woff.py script/
RUN script/vendor

FROM python:3.11-slim AS python
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data STATIC_ROOT=/app/staticfiles BIND=0.0.0.0:8000
RUN useradd --uid 1000 --create-home obverse && install -d -o obverse /data
WORKDIR /app
COPY --from=python /venv /venv
COPY . .
COPY --from=front-end /app/static/vendor static/vendor
# The key and the data of this step are thrown away with it.
RUN script/messages && DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build
USER obverse
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "gunicorn"]
