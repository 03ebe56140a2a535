# syntax=docker/dockerfile:1
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends libphonenumber-dev libpq-dev libpsl-dev libssl-dev pkg-config && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN swift build --configuration release --product customeros-api --static-swift-stdlib \
    && install -D --strip "$(swift build --configuration release --static-swift-stdlib --show-bin-path)/customeros-api" /out/customeros-api

FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates libphonenumber8 libpq5 libpsl5 libssl3 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --user-group --no-create-home customeros
COPY --from=build /out/customeros-api /usr/bin/customeros-api
USER customeros
ENV HOST=0.0.0.0 PORT=10000
EXPOSE 10000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["customeros-api", "probe"]
ENTRYPOINT ["customeros-api"]
CMD ["serve"]
