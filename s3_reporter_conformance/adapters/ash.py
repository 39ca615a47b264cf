"""The part of the `ash:` adapter that runs in the reporter's process, with ASH installed.

ASH 3.x is installed from its own repository, so the suite cannot depend on it or its types.
"""

import importlib
import inspect
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def as_reporter(plugin: Any) -> Callable[[Mapping[str, Any], Path], "AshReporter"]:
    """Turn ASH's plugin class into a factory of reporters."""
    _import("config.ash_config").AshConfig.model_rebuild()
    return lambda options, output_dir: AshReporter(plugin, options, output_dir)


class AshReporter:
    """Calls ASH's plugin the way ASH Core does, behind the interface of the contract."""

    def __init__(self, plugin: Any, options: Mapping[str, Any], output_dir: Path) -> None:
        """Configure the plugin.

        If ASH rejects the configuration, it never runs the plugin, so the reporter is not ready.
        """
        context = _import("base.plugin_context").PluginContext(
            source_dir=output_dir.parent / "source",
            output_dir=output_dir,
            work_dir=output_dir.parent / "work",
        )
        # `S3ReporterConfig` for `S3Reporter`.
        config_type = getattr(inspect.getmodule(plugin), f"{plugin.__name__}Config")
        options_type = config_type.model_fields["options"].annotation
        known = {
            name: value for name, value in options.items() if name in options_type.model_fields
        }
        self._plugin: Any = None
        try:
            config = config_type(options=options_type(**known))
            self._plugin = plugin(context=context, config=config)
        except importlib.import_module("pydantic").ValidationError as error:
            logging.getLogger(__name__).error("ASH rejects the configuration: %s", error)  # noqa: TRY400

    def validate(self) -> bool:
        """Call the plugin's `validate_plugin_dependencies`."""
        return self._plugin is not None and bool(self._plugin.validate_plugin_dependencies())

    def report(self, results: Any) -> Any:
        """Call the plugin's `report`."""
        return self._plugin.report(results)


def _import(module: str) -> Any:
    return importlib.import_module(f"automated_security_helper.{module}")
