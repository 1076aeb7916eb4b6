"""Names the app to Django, and shows accounts what is held about a person."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "hearthside.safety"

    def ready(self) -> None:
        from hearthside.accounts.ports import register_holder
        from hearthside.safety import (
            block_holdings,
            care_holdings,
            case_holdings,
            concern_holdings,
            holdings,
            measure_holdings,
        )

        register_holder("safety", holdings.SafetyHoldings())
        register_holder("concerns", concern_holdings.ConcernHoldings())
        register_holder("blocks", block_holdings.BlockHoldings())
        register_holder("cases", case_holdings.CaseHoldings())
        register_holder("care", care_holdings.CareHoldings())
        register_holder("measures", measure_holdings.MeasureHoldings())
