import Backtesting

/// Words of other programs for what options do here.
enum Synonyms {
  /// Options by what they are called elsewhere, the likeliest first; a command has some of them.
  static let options: [String: [String]] = [
    "fee": ["--fee-bps"], "fees": ["--fee-bps"], "commission": ["--fee-bps"], "commissions": ["--fee-bps"],
    "cost": ["--fee-bps"], "costs": ["--fee-bps"], "cost-bps": ["--fee-bps"],
    "spread": ["--slippage-bps"], "slip": ["--slippage-bps"],
    "file": ["--data", "--signals"], "csv": ["--data"], "input": ["--data", "--store"], "prices": ["--data"],
    "ohlcv": ["--data"], "ticker": ["--symbol", "--data"], "symbols": ["--symbol", "--data"],
    "start": ["--from"], "start-date": ["--from"], "begin": ["--from"], "since": ["--from"],
    "end": ["--to"], "end-date": ["--to"], "until": ["--to"],
    "strategy": ["--family"], "indicator": ["--family"], "type": ["--family"],
    "n": ["--count", "--trials"], "number": ["--count", "--trials"], "samples": ["--count", "--trials"],
    "runs": ["--trials"], "repeats": ["--trials"], "iterations": ["--trials"],
    "jobs": ["--threads"], "cores": ["--threads"], "workers": ["--threads"], "processes": ["--threads"],
    "out": ["--output"], "out-dir": ["--output"], "output-dir": ["--output"], "dir": ["--output"],
    "save": ["--output"], "directory": ["--output"],
    "metric": ["--select"], "objective": ["--select"], "optimize": ["--select"], "sort-by": ["--select"],
    "min-trades": ["--minimum-trades"], "sl": ["--stop-loss"], "stop": ["--stop-loss"],
    "stoploss": ["--stop-loss"], "tp": ["--take-profit"], "target": ["--take-profit"],
    "takeprofit": ["--take-profit"], "max-holding": ["--maximum-holding"], "side": ["--direction"],
    "split": ["--train"], "train-size": ["--train"], "test-size": ["--train"], "in-sample": ["--train"],
    "window-length": ["--period", "--lookback"], "length": ["--period", "--lookback"],
    "resamples": ["--bootstrap"], "bootstraps": ["--bootstrap"],
    "freq": ["--bars-per-year", "--periods-per-year"],
    "frequency": ["--bars-per-year", "--periods-per-year"], "silent": ["--quiet"], "verbose": ["--json"],
    "bars-per-year": ["--bars-per-year", "--periods-per-year"],
    "periods-per-year": ["--periods-per-year", "--bars-per-year"],
  ]

  /// What is often asked for and does not exist, each with how things are instead.
  static let absent: [String: String] = [
    "leverage": "every position is the whole of the equity",
    "size": "every position is the whole of the equity",
    "capital": "results are fractions of the equity, whatever its size",
    "cash": "results are fractions of the equity, whatever its size",
    "initial-capital": "results are fractions of the equity, whatever its size",
    "initial-cash": "results are fractions of the equity, whatever its size",
    "timeframe": "bars are taken as the file has them", "resolution": "bars are taken as the file has them",
    "short": "strategies that are short alone do not exist; --direction long-short has both sides",
    "short-only": "strategies that are short alone do not exist; --direction long-short has both sides",
    "long-only": "strategies are long alone unless --direction says long-short",
    "risk-free": "Sharpe ratios are those of the returns themselves",
    "risk-free-rate": "Sharpe ratios are those of the returns themselves",
  ]
}
