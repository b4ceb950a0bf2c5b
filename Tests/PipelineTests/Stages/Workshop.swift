import Kernels
import Stores
import TestSupport

@testable import Pipeline

extension Workplace {
  /// A workplace whose clock stands still, so that records of equal runs are equal too.
  static func test(_ store: any ArtifactStore, threads: Int = 1) throws -> Workplace {
    Workplace(
      store: store, threads: threads, library: try OpenBLAS.prepare(threads: threads),
      interruption: Interruption(), clock: { 0 }, now: { "1970-01-01T00:00:00Z" }, watch: { _, _, _ in })
  }
}

extension StageCommands {
  /// Runs the stages one by one from what the store holds.
  static func all(_ configuration: Configuration, in workplace: Workplace) throws {
    var first = Configuration()
    first.data = configuration.data
    first.strategies = configuration.strategies
    _ = try generate(first, in: workplace)
    try allButGenerate(configuration, in: workplace)
  }

  /// Runs the stages after the first, each told its own options.
  static func allButGenerate(_ configuration: Configuration, in workplace: Workplace) throws {
    _ = try backtest(in: workplace) {
      $0.backtest = configuration.backtest
      $0.statistics.blocks = configuration.statistics.blocks
      $0.statistics.crossValidated = configuration.statistics.crossValidated
    }
    _ = try select(in: workplace) { $0.selection = configuration.selection }
    _ = try measure(in: workplace) { $0.statistics = configuration.statistics }
    if configuration.backtest.train < 1 {
      _ = try validate(in: workplace) { $0.detection = configuration.detection }
    }
    _ = try visualize(in: workplace)
  }
}

extension Configuration {
  /// Few coins on the built-in daily bars.
  static var coins: Configuration {
    var configuration = Configuration()
    configuration.strategies.count = 70
    configuration.strategies.buyProbability = 0.5
    configuration.statistics.resamples = 100
    return configuration
  }

  /// Random weights that fill at the next open and pay for it.
  static var weights: Configuration {
    var configuration = Configuration()
    configuration.strategies.family = .linear
    configuration.strategies.count = 70
    configuration.strategies.seed = 7
    configuration.backtest.fill = .nextOpen
    configuration.backtest.feeBasisPoints = 5
    configuration.selection.metric = .totalReturn
    configuration.selection.top = 3
    configuration.statistics.resamples = 100
    configuration.statistics.blocks = 6
    configuration.statistics.crossValidated = .all
    configuration.statistics.walkForward = 3
    configuration.statistics.combinatorial = StatisticsOptions.Combinatorial(groups: 4, tested: 2)
    configuration.statistics.permutations = 3
    return configuration
  }

  /// A grid, long and short, in double precision.
  static var crosses: Configuration {
    var configuration = Configuration()
    configuration.strategies.family = .smaCross
    configuration.strategies.parameters = ["fast": "2:12", "slow": "10:40:5"]
    configuration.strategies.direction = .longShort
    configuration.strategies.stopLoss = "0.1"
    configuration.backtest.precision = .double
    configuration.backtest.train = 0.6
    configuration.selection.metric = .sortinoRatio
    configuration.selection.minimumTrades = 30
    configuration.detection.maximumDrop = 0.02
    configuration.statistics.resamples = 0
    configuration.statistics.blocks = 10
    return configuration
  }

  /// Signals of a file, which is made of `seed`.
  static func signals(path: String) -> Configuration {
    var configuration = Configuration()
    configuration.strategies.family = .signals
    configuration.strategies.signals = path
    configuration.backtest.barsPerYear = 252
    return configuration
  }

  /// A file for ``signals(path:)``: five strategies with a signal for each of the built-in daily bars.
  static var signalsFile: String {
    var generator = SeededGenerator(seed: 3)
    let rows = (1...5).map { strategy in
      let signals = (0..<2_694).map { _ in String(Int.random(in: -1...1, using: &generator)) }
      return "\"s\(strategy)\": [\(signals.joined(separator: ","))]"
    }
    return "{\(rows.joined(separator: ","))}"
  }
}
