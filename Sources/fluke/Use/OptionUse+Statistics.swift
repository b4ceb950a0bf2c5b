import Backtesting
import Pipeline

extension OptionUse {
  static let statistics: [String: OptionUse] = [
    "blocks": .unless(returns), "bootstrap": .unless(returns), "seed": .unless(returns),
    "threads": .always, "periods-per-year": .unless(returns),
    "permutations": .always, "cpcv": .always, "trials": .always, "market": .always, "spa": .always,
    "block-length": .unless(resampling), "sharpe-benchmark": .unless(returns),
    // A column that is the benchmark is no strategy, whatever is resampled.
    "benchmark": .unless { $0.command == "stats" ? returns($0) : resampling($0) },
    "maximum-spa-p-value": .unless(resampling),
    "minimum-deflated-sharpe": .unless(returns), "level": .unless(resampling),
    "rule": .unless { run in
      run.command == "trials"
        ? Idle("in trials, which count what passes by both rules", "remove it") : returns(run)
    },
    "values": .unless(returns), "start-blank": .unless(returns), "rows": .unless(returns),
    "capital": .unless(returns), "benchmark-values": .unless(returns), "header-rows": .unless(returns),
    "maximum-pbo": .unless(crossValidation),
    "cscv-on": .unless { run in
      if let idle = crossValidation(run) { return idle }
      return run.configuration.backtest.train < 1
        ? nil : Idle("with --train 1, where all bars are training bars", "remove it")
    },
    "window": .unless { run in
      run.configuration.statistics.walkForward > 0
        ? nil : Idle("without windows to walk through", "give --walk-forward N too, or remove it")
    },
    "embargo": .unless { run in
      run.configuration.statistics.combinatorial != nil
        ? nil : Idle("without --cpcv, whose test groups it follows", "give --cpcv N,K too, or remove it")
    },
    "fail-unless-skill": .unless(returns),
  ]

  /// What needs more than p-values.
  @Sendable static func returns(_ run: Situation) -> Idle? {
    run.options.contains("p-values")
      ? Idle("with --p-values, which are adjusted for their number and nothing else", "remove one of the two")
      : nil
  }

  /// What tests that resample look at.
  @Sendable private static func resampling(_ run: Situation) -> Idle? {
    if let idle = returns(run) { return idle }
    if run.configuration.statistics.resamples > 0 { return nil }
    return run.command == "trials"
      ? Idle("without resamples", "give --spa N too, or remove it")
      : Idle("with --bootstrap 0, which resamples nothing", "remove one of the two")
  }

  /// What cross-validation looks at.
  @Sendable private static func crossValidation(_ run: Situation) -> Idle? {
    if let idle = returns(run) { return idle }
    return run.configuration.statistics.blocks > 0
      ? nil : Idle("with --blocks 0, which cross-validates nothing", "remove one of the two")
  }
}
