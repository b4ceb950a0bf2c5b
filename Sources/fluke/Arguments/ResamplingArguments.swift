import ArgumentParser
import Pipeline

/// How long the blocks are that tests resample.
struct BlockLengthArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Mean length of the resampled blocks, in bars (default: estimated from the returns).", valueName: "bars"
    ))
  var blockLength: Double?

  func apply(to statistics: inout StatisticsOptions) {
    if let blockLength { statistics.blockLength = blockLength }
  }
}

/// How often, and in what blocks, tests resample.
struct BootstrapArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Resamples for the Reality Check, the test of superior predictive ability (SPA), StepM and the model confidence set; 0 for none (default: 1000).",
      valueName: "n"))
  var bootstrap: Int?

  @OptionGroup var blocks: BlockLengthArguments
}

/// The Sharpe ratio that the winner's has to exceed.
struct SharpeBenchmarkArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Annual Sharpe ratio that the probabilistic and the deflated Sharpe ratio and the minimum track record test against (default: 0).",
      valueName: "x"))
  var sharpeBenchmark: Double?
}

/// What the strategies of a sweep have to beat in the tests that resample.
struct BenchmarkArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What strategies must beat in tests that resample: cash, market, or exposure, the market at each strategy's own average position (default: exposure).",
      valueName: "name"),
    completion: Completions.names(of: SweepBenchmark.self))
  var benchmark: String?

  func apply(to statistics: inout StatisticsOptions) throws {
    if let benchmark { statistics.benchmark = try Choice.of(benchmark, "benchmark") }
  }
}
