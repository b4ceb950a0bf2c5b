import Dispatch
import Kernels
import Statistics

// Time of combinatorially symmetric cross-validation, from block sums to everything that is reported: all 12,870 splits
// of 16 blocks.
// Usage: splits [THREADS] [REPEATS] [STRATEGIES...]

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let threads = arguments.first ?? 2
let repeats = arguments.dropFirst().first ?? 9
let counts = arguments.count > 2 ? Array(arguments[2...]) : [500, 1_000, 10_000, 100_000]
let blocks = 16
let barsInBlock = 160

/// Independent normal returns, by their sums over blocks.
func noise(strategies: Int, quantities: [BlockQuantity]) throws -> BlockSums {
  try BlockSums(
    barsInBlock: Array(repeating: barsInBlock, count: blocks), strategies: strategies, quantities: quantities
  ) { slots in
    Workers.forEach(items: strategies, threads: threads, makeState: {}) { _, strategy in
      var random = RandomStream(seed: 1, purpose: .market, index: UInt64(strategy))
      for block in 0..<blocks {
        var tally = Tally(bars: barsInBlock)
        tally.barsInMarket = barsInBlock - random.integer(below: 80)
        tally.winningBars = random.integer(below: tally.barsInMarket)
        tally.sum = 0.13 * random.normal()
        tally.sumOfSquares = 0.016 * (1 + 0.1 * random.normal())
        tally.sumOfSquaredLosses = tally.sumOfSquares * (0.5 + 0.1 * random.uniform())
        tally.growth = 1 + tally.sum
        slots.write(tally, strategy: strategy, block: block)
      }
    }
  }
}

/// The same bits by the fused kernel as by the reference, or nothing is timed.
func verify(_ metric: any SplitMetric) throws {
  let sums = try noise(strategies: 77, quantities: metric.quantities)
  let fused = BacktestOverfitting(sums, metric: metric, threads: threads)
  let reference = BacktestOverfitting(sums, metric: metric, kernel: .reference, threads: threads)
  guard fused.splits == reference.splits else {
    fatalError("\(metric): the kernel differs from the reference, nothing is timed")
  }
}

func time(
  _ name: String, _ sums: BlockSums, _ metric: any SplitMetric, kernel: CrossValidationKernel = .fused
) {
  let seconds = (0..<repeats).map { _ in
    let start = DispatchTime.now().uptimeNanoseconds
    let found = BacktestOverfitting(sums, metric: metric, kernel: kernel, threads: threads)
    precondition(found.splits.count == 12_870)
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
  }.sorted()
  func rounded(_ value: Double) -> Double { (value * 1e5).rounded() / 1e5 }
  print(
    "\(name), \(sums.strategies) strategies: \(rounded(seconds[repeats / 2])) s "
      + "(\(rounded(seconds[0])) to \(rounded(seconds[repeats - 1])))")
}

let metrics: [(String, any SplitMetric)] = [
  ("Sharpe", SharpeMetric()), ("Sharpe of trades", SharpeOfTradesMetric()), ("Sortino", SortinoMetric()),
  ("mean", MeanMetric()), ("total return", TotalReturnMetric()), ("win rate", RatioMetric.winRateOfBars),
]
for (_, metric) in metrics { try verify(metric) }
print("\(ProcessorLevel.current.name), \(threads) threads, \(blocks) blocks, median of \(repeats)")
for count in counts {
  time("Sharpe", try noise(strategies: count, quantities: SharpeMetric().quantities), SharpeMetric())
}
for (name, metric) in metrics.dropFirst() {
  time(name, try noise(strategies: 1_000, quantities: metric.quantities), metric)
}
time(
  "Sharpe by the reference", try noise(strategies: 1_000, quantities: SharpeMetric().quantities),
  SharpeMetric(), kernel: .reference)
