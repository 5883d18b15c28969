# The embedded stores, in the volume /data:  docker run -v carillon:/data --stop-timeout 30 -e BOOTSTRAP_CLIENT_ID -e … carillon
# With EventStoreDB and MongoDB: docker-compose.yml.

FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM base AS build
# No install script is needed: the one package that has a use for it brings a Node, and Node is here.
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
COPY tools/build-console.mjs tools/processes.mjs tools/
RUN npm run build && rm dist/.tsbuildinfo

FROM base AS dependencies
RUN npm ci --omit=dev --ignore-scripts

FROM base
# Nothing here belongs to the user that runs it: only /data is written, and the root file system can be read-only.
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN install --directory --owner=node --group=node --mode=0700 /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME ["/data"]
EXPOSE 3000
# The user `node` as a number: rules such as Kubernetes' runAsNonRoot do not know names.
USER 1000:1000
# Alive, not ready: not ready is a server whose stores are out of reach, which a restart does not bring back. The long start period
# costs nothing in a quick start: it is for one that rebuilds projections before it listens.
HEALTHCHECK --interval=10s --timeout=5s --start-period=300s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live', { signal: AbortSignal.timeout(4000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, without a shell or npm between it and the signals. It takes up to 25 s after SIGTERM, more than Docker's 10.
ENTRYPOINT ["node"]
CMD ["dist/apps/server/main.js"]
