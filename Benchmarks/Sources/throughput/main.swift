import Backtesting
import Dispatch
import Kernels

// Throughput of whole backtests, features and tallies included: strategy-bars per second on all threads asked for.
// Usage: throughput [THREADS] [REPEATS] [FAMILY]

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let threads = arguments.first ?? 2
let repeats = arguments.dropFirst().first ?? 7
let bars = 2_694

let library = try OpenBLAS.prepare(threads: threads)
print("OpenBLAS core \(library.core), \(threads) threads, \(bars) bars, median of \(repeats)")

let market = randomWalk(bars: bars)
let training = Segment(name: "training", bars: 0..<(bars * 7 / 10))
let validation = Segment(name: "validation", bars: (bars * 7 / 10)..<bars)
let cases = try [
  Case.grid(
    .smaCross,
    [Array(stride(from: 2.0, through: 81, by: 1)), Array(stride(from: 100.0, through: 225, by: 1))]),
  Case.grid(
    .rsi,
    [
      Array(stride(from: 2.0, through: 101, by: 1)), Array(stride(from: 10.0, through: 28, by: 2)),
      Array(stride(from: 45.0, through: 63, by: 2)),
    ]),
  Case.linear(count: 10_000),
  Case.coinFlips(count: 10_000),
]

let only = CommandLine.arguments.dropFirst(3).first
for item in cases where only == nil || item.strategies.family.rawValue == only {
  try verify(item)
  var seconds: [Double] = []
  for _ in 0..<repeats {
    let backtest = Backtest(market: market, segments: [training, validation], threads: threads)
    let start = DispatchTime.now().uptimeNanoseconds
    let table = backtest.run(item.strategies)
    seconds.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
    precondition(table.count == item.strategies.count)
  }
  let rates = seconds.map { Double(item.strategies.count * bars) / $0 / 1e6 }.sorted()
  print(
    "\(item.name): \(Int(rates[rates.count / 2])) million strategy-bars/s "
      + "(\(Int(rates.first ?? 0)) to \(Int(rates.last ?? 0)))")
}

/// A result is timed only after some of it was compared with the reference kernel's.
func verify(_ item: Case) throws {
  let backtest = Backtest(
    market: market, segments: [training, validation], precision: .double, threads: threads)
  let table = backtest.run(item.strategies)
  for index in stride(from: 0, to: item.strategies.count, by: item.strategies.count / 7) {
    let path = backtest.path(of: index, in: item.strategies)
    for (stretch, expected) in path.tallies.enumerated() {
      let found = table.tally(of: index, segment: stretch)
      guard found.tradesClosed == expected.tradesClosed, abs(found.growth / expected.growth - 1) < 1e-9 else {
        fatalError("\(item.name): strategy \(index) differs from the reference, nothing is timed")
      }
    }
  }
}

/// A market without a pattern.
func randomWalk(bars: Int) -> Market {
  var random = RandomStream(seed: 7, purpose: .market)
  var price = 100.0
  var close: [Double] = []
  for _ in 0..<bars {
    price *= 1 + 0.04 * (random.uniform() - 0.5)
    close.append(price)
  }
  return Market(
    name: "random", timestamps: (0..<bars).map { Int64($0) * 86_400_000_000 }, open: close,
    high: close.map { $0 * 1.01 }, low: close.map { $0 * 0.99 }, close: close,
    volume: (0..<bars).map { _ in 1 + random.uniform() })
}
