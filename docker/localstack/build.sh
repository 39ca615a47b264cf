#!/usr/bin/env bash
# Builds localstack/localstack:4.14.0 where no image registry can be reached, from Debian's and Python's
# packages, and starts a Docker engine if none runs.  Needs Debian and root; does nothing if the image is
# there.  Where a registry can be reached, `docker pull localstack/localstack:4.14.0` does as well.
set -euo pipefail
cd "$(dirname "$0")"

version=4.14.0
image=localstack/localstack:$version
# LocalStack's dependencies as of its release: later ones no longer fit.
released=2026-03-01

install_package() {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$@" >/dev/null
}

start_engine() {
    docker info >/dev/null 2>&1 && return
    command -v dockerd >/dev/null || install_package docker.io
    # Published ports listen on the loopback interface only.
    setsid nohup dockerd --ip 127.0.0.1 >/var/log/dockerd.log 2>&1 </dev/null &
    for _ in {1..120}; do
        docker info >/dev/null 2>&1 && return
        sleep 0.5
    done
    echo "The Docker engine does not start: /var/log/dockerd.log says why." >&2
    exit 1
}

# LocalStack needs Python 3.12 or newer, which Debian has from trixie on.
import_base() {
    command -v mmdebstrap >/dev/null || install_package mmdebstrap
    sed -E 's/\b(bookworm|bullseye)/trixie/g' /etc/apt/sources.list.d/debian.sources >"$work/trixie.sources"
    mmdebstrap --quiet --variant=minbase --include=python3,ca-certificates trixie \
        "$work/base.tar" "$work/trixie.sources"
    docker import "$work/base.tar" localstack-base:trixie >/dev/null
}

install_localstack() {
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet uv
    # The image has the base system's Python, whatever this machine has.
    "$work/venv/bin/uv" pip install --quiet --target "$work/image/site" --python-version 3.13 \
        --only-binary :all: --no-binary localstack-twisted --exclude-newer "$released" \
        "localstack-core[base-runtime]==$version" "moto-ext[s3,sts,iam,sqs]" service_identity
}

start_engine
if docker image inspect "$image" >/dev/null 2>&1; then
    exit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
import_base
install_localstack
cp Dockerfile "$work/image/"
DOCKER_BUILDKIT=0 docker build --quiet --tag "$image" "$work/image"
