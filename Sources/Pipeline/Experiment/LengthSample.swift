import Backtesting
import Kernels
import Statistics
import Synchronization

/// The strategies of a sweep whose returns say how long resampled blocks have to be.
///
/// Of those that may be chosen, the ``BlockLength/sampleSize`` with the least identities: a random sample that no other
/// strategy moves, and that a shard finds without knowing more than a few strategies of other shards.
enum LengthSample {
  /// Identities are gone through in bands, each expected to hold so many times the sample.
  private static let band = 4.0
  private static let strategiesAtATime = 16_384

  /// The numbers of the sample, ascending.
  ///
  /// - Parameter stand: whether each of some strategies may be chosen; asked for no more than are needed.
  static func find(_ experiment: Experiment, stand: ([Int]) -> [Bool]) -> [Int] {
    let count = experiment.strategies.count
    let size = BlockLength.sampleSize
    guard count > size else { return chosen(Array(0..<count), stand) }
    var found: [Int] = []
    var tried = 0
    var width = UInt64(min(Double(size) * band / Double(count), 0.5) * 0x1p64)
    var start: UInt64 = 0
    while found.count < size {
      let (sum, isLast) = start.addingReportingOverflow(width)
      var waiting = candidates(experiment, start...(isLast ? .max : sum - 1))[...]
      while found.count < size, !waiting.isEmpty {
        let wanted = size - found.count
        // As many as are likely to hold those that are wanted.
        let likely = found.isEmpty ? tried : 5 * wanted * tried / (4 * found.count)
        let batch = Array(waiting.prefix(max(wanted, likely)))
        waiting = waiting.dropFirst(batch.count)
        tried += batch.count
        found += chosen(batch, stand).prefix(wanted)
      }
      if isLast { break }
      start = sum
      width = width.multipliedReportingOverflow(by: 4).overflow ? .max : width * 4
    }
    return found.sorted()
  }

  private static func chosen(_ candidates: [Int], _ stand: ([Int]) -> [Bool]) -> [Int] {
    zip(candidates, stand(candidates)).filter(\.1).map(\.0)
  }

  /// The strategies whose identities are in `range`, in the order of these.
  private static func candidates(_ experiment: Experiment, _ range: ClosedRange<UInt64>) -> [Int] {
    let set = experiment.strategies
    let found = Mutex<[(identity: UInt64, number: Int)]>([])
    let items = (set.count + strategiesAtATime - 1) / strategiesAtATime
    Workers.forEach(items: items, threads: experiment.backtest.threads) {
    } body: { _, item in
      var some: [(identity: UInt64, number: Int)] = []
      let first = item * strategiesAtATime
      set.forEachIdentity(in: first..<min(first + strategiesAtATime, set.count)) { number, identity in
        if range.contains(identity) { some.append((identity, number)) }
      }
      found.withLock { $0 += some }
    }
    return found.withLock { $0 }.sorted { ($0.identity, $0.number) < ($1.identity, $1.number) }.map(\.number)
  }

  /// The same where it has to be found out which strategies may be chosen.
  static func find(_ experiment: Experiment) -> [Int] {
    let trades = TrainingTrades(experiment)
    let fewest = StandingStrategies.fewestTrades(experiment)
    let width = TilePlan.strategiesPerBlock
    var known: [Int: [Bool]] = [:]
    return find(experiment) { strategies in
      let blocks = Set(strategies.map { $0 / width }).filter { known[$0] == nil }.sorted()
      let found = Mutex<[Int: [Bool]]>([:])
      experiment.prepared.forEachBlock(blocks, makeState: {}) { _, tallies in
        let stand = (0..<tallies.count).map { trades.count(of: $0, in: tallies) >= fewest }
        found.withLock { $0[tallies.firstStrategy / width] = stand }
      }
      known.merge(found.withLock { $0 }) { $1 }
      return strategies.map { known[$0 / width]?[$0 % width] ?? false }
    }
  }
}
