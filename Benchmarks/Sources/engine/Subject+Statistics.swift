import Kernels
import Statistics

extension Subject {
  /// Hansen's test of superior predictive ability, by the stationary bootstrap or on the resamples of a file.
  static func superiorAbility(_ arguments: Arguments) throws -> Subject {
    let returns = try returns(arguments)
    let threads = arguments["threads", default: 2]
    let count = arguments["resamples", default: 1_000]
    let block = Double(arguments["block", default: 5])
    let lists = try arguments["draws"].map { file in
      let bars = try arguments.numbers(file, as: Int32.self).map(Int.init)
      return stride(from: 0, to: bars.count, by: returns.bars).map { Array(bars[$0..<$0 + returns.bars]) }
    }
    return Subject {
      let resamples =
        try lists.map { try Resamples(lists: $0, meanBlockLength: block) }
        ?? Resamples(.stationary(meanBlockLength: block), bars: returns.bars, count: count, seed: 1)
      let test = try DataSnooping(returns, resamples: resamples, threads: threads).superiorAbility
      return {
        [
          "statistic": [test.statistic], "lower": [test.lower], "consistent": [test.consistent],
          "upper": [test.upper],
        ]
      }
    }
  }

  /// Combinatorially symmetric cross-validation by the Sharpe ratio, from returns to what is reported.
  static func splits(_ arguments: Arguments) throws -> Subject {
    let returns = try returns(arguments)
    let threads = arguments["threads", default: 2]
    let blocks = arguments["blocks", default: 16]
    let metric = SharpeMetric()
    return Subject {
      let sums = try BlockSums(returns, blocks: blocks, quantities: metric.quantities, threads: threads)
      let found = BacktestOverfitting(sums, metric: metric, threads: threads)
      return {
        [
          "probability": [found.probability],
          "in_sample_blocks": found.splits.map { Double($0.inSampleBlocks) },
          "selected": found.splits.map { Double($0.selected) },
          "rank": found.splits.map(\.rank),
          "in_sample": found.splits.map(\.inSample),
          "out_of_sample": found.splits.map(\.outOfSample),
        ]
      }
    }
  }

  private static func returns(_ arguments: Arguments) throws -> ReturnMatrix {
    let values = try arguments.numbers("returns.f64", as: Double.self)
    let strategies = arguments["strategies", default: 500]
    return try ReturnMatrix(bars: values.count / strategies, strategies: strategies, values: values)
  }
}
