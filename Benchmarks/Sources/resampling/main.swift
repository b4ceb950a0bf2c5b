import Dispatch
import Kernels
import Statistics

// The tests for data snooping: one look at all strategies and resamples, and what rests on it, in seconds.
// Usage: resampling [THREADS] [REPEATS]

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let threads = arguments.first ?? 2
let repeats = arguments.dropFirst().first ?? 5
let bars = 2_500
let count = 1_000

let library = try OpenBLAS.prepare(threads: threads)
print(
  "OpenBLAS core \(library.core), \(threads) threads, \(bars) bars, \(count) resamples, median of \(repeats)")

let scheme = BlockScheme.stationary(meanBlockLength: 5)
let resamples = try Resamples(scheme, bars: bars, count: count, seed: 1)
try verify()
for strategies in [500, 10_000] {
  let returns = try noise(strategies: strategies)
  try time("RC and SPA, \(strategies) strategies") {
    let found = try DataSnooping(returns, resamples: resamples, threads: threads)
    precondition(found.superiorAbility.consistent > 0)
  }
  try time("RC, SPA and StepM, \(strategies) strategies") {
    let found = try DataSnooping(returns, resamples: resamples, threads: threads)
    let test = try found.stepwise(level: 0.05)
    precondition(!test.rejected.isEmpty)
  }
  time("block length, \(strategies) strategies") {
    precondition(BlockLength.ofSweep(returns, threads: threads).stationary > 0)
  }
}
for strategies in [100, 1_000] {
  let returns = try noise(strategies: strategies)
  for statistic in ModelConfidenceSet.Statistic.allCases {
    try time("MCS \(statistic), \(strategies) strategies") {
      let found = try ModelConfidenceSet(returns, statistic, resamples: resamples, threads: threads)
      precondition(!found.members(level: 0.1).isEmpty)
    }
  }
}

/// Seconds of `work`: median, least and largest.
func time(_ name: String, _ work: () throws -> Void) rethrows {
  var seconds: [Double] = []
  for _ in 0..<repeats {
    let start = DispatchTime.now().uptimeNanoseconds
    try work()
    seconds.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
  }
  seconds.sort()
  func text(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
  print("\(name): \(text(seconds[repeats / 2])) s (\(text(seconds[0])) to \(text(seconds[repeats - 1])))")
}

/// A result is timed only after some resamples were summed bar by bar.
func verify() throws {
  let returns = try noise(strategies: 100)
  let found = try DataSnooping(returns, resamples: resamples, threads: threads)
  for number in stride(from: 0, to: count, by: 97) {
    let indices = resamples.indices(of: number)
    let largest = (0..<returns.strategies).reduce(-Double.infinity) { largest, strategy in
      let sum = indices.reduce(0) { $0 + returns.values[$1 * returns.strategies + strategy] }
      return max(largest, (sum - found.means[strategy].sum) / Double(bars).squareRoot())
    }
    guard abs(found.maxima.maxima(.plain)[number] - largest) < 1e-12 else {
      fatalError("resample \(number) differs from its sum bar by bar, nothing is timed")
    }
  }
}

/// Strategies without skill, one per cent a bar; the first two with some.
func noise(strategies: Int) throws -> ReturnMatrix {
  var random = RandomStream(seed: 7, purpose: .market)
  return try ReturnMatrix(
    bars: bars, strategies: strategies,
    values: (0..<bars * strategies).map { index in
      0.035 * (random.uniform() - 0.5) + (index % strategies < 2 ? 0.002 : 0)
    })
}
