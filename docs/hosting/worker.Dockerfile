# From the project's folder: docker build -f docs/hosting/worker.Dockerfile -t blindjoin-worker .
FROM node:20-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --no-audit --no-fund && npm run build

FROM node:20-slim
WORKDIR /opt/blindjoin
COPY --from=build /build/dist-cli dist-cli
USER node
CMD ["node", "dist-cli/blindjoin.js", "worker"]
