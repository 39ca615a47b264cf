"""How much the reporters are asked on each server."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everything",
        action="store_true",
        help="Ask every reporter everything on every server, which takes many minutes.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "everything: runs only with --everything.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--everything"):
        return
    left_out = [item for item in items if item.get_closest_marker("everything")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
