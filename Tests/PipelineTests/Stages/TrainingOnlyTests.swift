import Artifacts
import Testing

@testable import Pipeline

/// `--train 1` leaves nothing to validate on.
@Suite struct TrainingOnlyTests {
  private var configuration: Configuration {
    var configuration = Configuration.coins
    configuration.backtest.train = 1
    return configuration
  }

  @Test func sweepsAndSaysSo() throws {
    let store = MemoryStore()
    let report = try Sweep.run(configuration, in: .test(store))
    #expect(report.validation == nil)
    #expect(
      store.contents.keys.sorted() == [
        "plots/deflated_sharpe.png", "plots/eigenvalue_spectrum.png", "plots/in_sample_vs_out_of_sample.png",
        "plots/luck_curve.png", "plots/pbo_logits.png", "plots/stochastic_dominance.png", "raw/btc-1d.csv",
        "results/best_strategy.json", "results/overfitting.json", "results/strategy_tests.csv",
        "results/training_performance.csv", "run.json",
        "strategies/strategies_latest.json",
      ])
    let text = report.text(directory: "here")
    #expect(
      text.contains { $0.contains("validation") && $0.contains("none: --train 1 leaves no bars unseen") })
    #expect(text.contains { $0.hasPrefix("  win rate ") })
    #expect(text.contains { $0.split(separator: " ") == ["training", "training"] })
    let json = String(decoding: try report.json(directory: "here"), as: UTF8.self)
    #expect(json.contains("\"validation\": null"))
    #expect(json.contains("\"training_performance\": {"))
  }

  @Test func stageByStage() throws {
    let (sweep, stages) = (MemoryStore(), MemoryStore())
    _ = try Sweep.run(configuration, in: .test(sweep))
    try StageCommands.all(configuration, in: .test(stages))
    #expect(sweep.contents == stages.contents)
    #expect(
      throws: ConfigurationError.tooFewBars(
        found: 0, needed: 3, reason: "for validation", remedy: "choose --train below 1")
    ) { _ = try StageCommands.validate(in: .test(stages)) { _ in } }
  }
}
