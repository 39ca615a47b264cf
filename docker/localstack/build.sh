#!/usr/bin/env bash
# Builds localstack/localstack:4.14.0 from Debian and Python packages, for machines that cannot reach an image
# registry, and starts Docker if it is not running.  Needs Debian and root; builds only what is missing, the
# image or its base, on which the tests build the suite's own image.
# If you can reach a registry, run `docker pull localstack/localstack:4.14.0` instead.
set -euo pipefail
cd "$(dirname "$0")"

version=4.14.0
image=localstack/localstack:$version
base=localstack-base:trixie
# Dependencies as of LocalStack's release: later versions do not work.
released=2026-03-01

install_package() {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$@" >/dev/null
}

start_engine() {
    docker info >/dev/null 2>&1 && return
    command -v dockerd >/dev/null || install_package docker.io
    # Publish ports on the loopback interface only.
    setsid nohup dockerd --ip 127.0.0.1 >/var/log/dockerd.log 2>&1 </dev/null &
    for _ in {1..120}; do
        docker info >/dev/null 2>&1 && return
        sleep 0.5
    done
    echo "The Docker engine did not start; see /var/log/dockerd.log." >&2
    exit 1
}

# LocalStack needs Python 3.12 or later, which Debian has since trixie.
import_base() {
    command -v mmdebstrap >/dev/null || install_package mmdebstrap
    sed -E 's/\b(bookworm|bullseye)/trixie/g' /etc/apt/sources.list.d/debian.sources >"$work/trixie.sources"
    mmdebstrap --quiet --variant=minbase --include=python3,ca-certificates trixie \
        "$work/base.tar" "$work/trixie.sources"
    docker import "$work/base.tar" "$base" >/dev/null
}

install_localstack() {
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet uv
    # For the Python in the image, not the one on this machine.
    "$work/venv/bin/uv" pip install --quiet --target "$work/image/site" --python-version 3.13 \
        --only-binary :all: --no-binary localstack-twisted --exclude-newer "$released" \
        "localstack-core[base-runtime]==$version" "moto-ext[s3,sts,iam,sqs]" service_identity
}

has() {
    docker image inspect "$1" >/dev/null 2>&1
}

start_engine
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
has "$base" || import_base
if ! has "$image"; then
    install_localstack
    cp Dockerfile "$work/image/"
    DOCKER_BUILDKIT=0 docker build --quiet --tag "$image" "$work/image"
fi
