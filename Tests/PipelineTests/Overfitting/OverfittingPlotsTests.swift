import Backtesting
import Testing

@testable import Pipeline

/// A sweep draws what there is, however little.
@Suite struct OverfittingPlotsTests {
  private static let unsampled = ["plots/deflated_sharpe.png", "plots/eigenvalue_spectrum.png"]
  private static let always = unsampled + ["plots/luck_curve.png"]
  private static let validated = [
    "plots/equity_curves.png", "plots/performance_comparison.png", "plots/train_vs_validation.png",
    "plots/win_rate_histogram.png",
  ]
  private static let crossValidated = [
    "plots/in_sample_vs_out_of_sample.png", "plots/pbo_logits.png", "plots/stochastic_dominance.png",
  ]

  private static let cases: [(name: String, draws: [String], options: Configuration)] = [
    ("everything", always + validated + crossValidated, .fewCrosses),
    ("no blocks", always + validated, Configuration.fewCrosses.with { $0.statistics.blocks = 0 }),
    (
      "no bootstrap", unsampled + validated + crossValidated,
      Configuration.fewCrosses.with { $0.statistics.resamples = 0 }
    ),
    (
      "one strategy", always + validated,
      Configuration.fewCrosses.with { $0.strategies.parameters = ["fast": "2", "slow": "10"] }
    ),
    (
      "three strategies", always + validated + crossValidated,
      Configuration.fewCrosses.with { $0.strategies.parameters = ["fast": "2", "slow": "10,20,40"] }
    ),
    (
      "two blocks", always + validated + crossValidated,
      Configuration.fewCrosses.with { $0.statistics.blocks = 2 }
    ),
    (
      // They hold the market all the time, and are no different from their own exposure to it.
      "copies alone", unsampled + validated + crossValidated,
      Configuration.fewCoins.with {
        $0.strategies.buyProbability = 1
        $0.backtest.feeBasisPoints = 0
      }
    ),
    (
      "by a stand-in", always + validated + crossValidated,
      Configuration.fewCrosses.with { $0.selection.metric = .maximumDrawdown }
    ),
  ]

  @Test(arguments: cases.indices) func drawsWhatThereIs(index: Int) throws {
    let (name, draws, options) = Self.cases[index]
    let store = MemoryStore()
    _ = try Sweep.run(options, in: .test(store))
    let plots = store.contents.filter { $0.key.hasPrefix("plots/") }
    #expect(plots.keys.sorted() == draws.sorted(), "\(name)")
    for (key, bytes) in plots {
      #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(name), \(key)")
      #expect(bytes.count > 2_000)
    }
  }
}
