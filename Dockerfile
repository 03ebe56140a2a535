# Debian's release: bookworm or trixie.
ARG DEBIAN=bookworm

FROM swift:6.3-$DEBIAN AS build
WORKDIR /source
# What rarely changes comes first: packages and GraphiQL stay in the cache.
COPY scripts/setup scripts/
COPY playground playground
RUN scripts/setup --build && test -e playground/vendor/installed.txt && rm -rf /var/lib/apt/lists/*
COPY . .
ARG COMMIT=unknown
RUN swift build --configuration release --product customeros-api --static-swift-stdlib -Xcc "-DCUSTOMEROS_COMMIT=$COMMIT" \
    && install -D --strip .build/release/customeros-api /out/customeros-api

FROM debian:$DEBIAN-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libidn2-0 libphonenumber8 libpq5 libpsl5 libssl3 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10000 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin customeros
COPY deploy/debian/copyright /usr/share/doc/customeros-api/copyright
COPY --from=build /out/customeros-api /usr/bin/customeros-api
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="customeros-api" \
    org.opencontainers.image.description="The CustomerOS GraphQL API on PostgreSQL" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.revision="$COMMIT"
# By number, so an orchestrator can tell that it is not root.
USER 10000:10000
ENV HOST=0.0.0.0
EXPOSE 10000
# The first start may migrate.
HEALTHCHECK --start-period=60s --interval=10s --timeout=5s --retries=3 CMD ["customeros-api", "probe"]
ENTRYPOINT ["customeros-api"]
CMD ["serve"]
