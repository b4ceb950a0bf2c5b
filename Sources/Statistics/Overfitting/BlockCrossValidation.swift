import Kernels
import Synchronization

/// Combinatorially symmetric cross-validation for any metric, and the specification of the split kernel: all splits
/// of the blocks into two equal halves.
///
/// Each metric is computed once to find the best in sample and once more to rank it outside. A worker takes a
/// range of splits through all strategies in order; nothing depends on how many workers there are, or on the parts in
/// which strategies come.
struct BlockCrossValidation<Metric: SplitMetric> {
  let shape: BlockSumsShape
  let metric: Metric
  private let unions: BlockUnions
  private let allBlocks: UInt32
  private let allBars: Int

  /// Bytes for splits that are under way at once.
  private static var mostBytes: Int { 32 << 20 }

  init(_ shape: BlockSumsShape, metric: Metric) {
    self.shape = shape
    self.metric = metric
    unions = BlockUnions(halvesOf: shape)
    allBlocks = (1 << UInt32(shape.blocks)) - 1
    allBars = shape.barsInBlock.reduce(0, +)
  }

  /// The outcome of every split, in the order of their unions.
  ///
  /// - Parameter forEachPart: hands out the parts of the strategies in their order, each time it is called.
  func outcomes(
    threads: Int, forEachPart: (_ body: (BlockSums) -> Void) throws -> Void
  ) rethrows -> SplitOutcomes {
    // Long enough that tabulating a group costs little beside its splits.
    let length = 4 << (shape.blocks / 2)
    let atOnce = max(threads, Self.mostBytes / (length * MemoryLayout<SplitCandidate>.stride)) * length
    var outcomes = SplitOutcomes(blocks: shape.blocks)
    for first in stride(from: 0, to: unions.count, by: atOnce) {
      let end = min(first + atOnce, unions.count)
      let wave = stride(from: first, to: end, by: length).map {
        SplitStretch(unions[$0..<min($0 + length, end)], allBlocks: allBlocks, allBars: allBars)
      }
      try forEachPart { part in forEach(wave, threads) { findBest(of: part, in: &$0, $1.unions, &$2) } }
      try forEachPart { part in forEach(wave, threads) { rank(part, in: &$0, $1.unions, &$2) } }
      for (number, stretch) in wave.enumerated() {
        stretch.write(to: &outcomes, from: first + number * length, strategies: shape.strategies)
      }
    }
    return outcomes
  }

  private func forEach(
    _ stretches: [SplitStretch], _ threads: Int,
    _ body: @Sendable (inout CombinationTable, SplitStretch, inout [SplitCandidate]) -> Void
  ) {
    Workers.forEach(
      items: stretches.count, threads: threads,
      makeState: { CombinationTable(blocks: shape.blocks, quantities: metric.quantities) },
      body: { table, item in stretches[item].candidates.withLock { body(&table, stretches[item], &$0) } })
  }

  /// The best strategy of each split so far, of equals the first. One whose metric is undefined has 0, as cash has.
  private func findBest(
    of part: BlockSums, in table: inout CombinationTable, _ unions: [SplitSides],
    _ candidates: inout [SplitCandidate]
  ) {
    for group in 0..<part.groups {
      table.load(part, group: group)
      let padding = padding(part, group)
      for index in unions.indices {
        let inside = unions[index].inside
        var values = table.values(metric, blocks: inside.blocks, bars: Double(inside.bars)).orCash
        if let padding { values.replace(with: .nan, where: padding) }
        guard any(values .> candidates[index].highest) else { continue }
        for lane in 0..<values.scalarCount where values[lane] > candidates[index].highest {
          candidates[index].highest = values[lane]
          candidates[index].selected = part.firstStrategy + group * values.scalarCount + lane
        }
      }
    }
    for index in unions.indices {
      let strategy = candidates[index].selected - part.firstStrategy
      guard (0..<part.strategies).contains(strategy) else { continue }
      let inside = value(of: strategy, part, over: unions[index].inside)
      let outside = value(of: strategy, part, over: unions[index].outside)
      candidates[index].isDefined = !inside.isNaN && !outside.isNaN
      candidates[index].inSample = inside.isNaN ? 0 : inside
      candidates[index].outOfSample = outside.isNaN ? 0 : outside
    }
  }

  /// How the strategies of a part stand to the best of each split, out of sample.
  private func rank(
    _ part: BlockSums, in table: inout CombinationTable, _ unions: [SplitSides],
    _ candidates: inout [SplitCandidate]
  ) {
    for group in 0..<part.groups {
      table.load(part, group: group)
      let padding = padding(part, group)
      for index in unions.indices {
        let outside = unions[index].outside
        let values = table.values(metric, blocks: outside.blocks, bars: Double(outside.bars))
        let ties = SplitTies(candidates[index].outOfSample)
        let isUndefined = values .!= values
        // Ties and gaps are rare, so they are counted one by one.
        if padding != nil || any(isUndefined .| ((values .>= ties.lowest) .& (values .<= ties.highest))) {
          let last = min(values.scalarCount, part.strategies - group * values.scalarCount)
          for lane in 0..<last {
            if isUndefined[lane] { candidates[index].undefined += 1 }
            let found = isUndefined[lane] ? 0 : values[lane]
            candidates[index].total[lane] += found
            if found < ties.lowest { candidates[index].worse += 1 }
            if found >= ties.lowest, found <= ties.highest { candidates[index].equal += 1 }
          }
        } else {
          candidates[index].total += values
          candidates[index].worseInLane += BlockSums.Lanes(repeating: 0)
            .replacing(with: 1, where: values .< ties.lowest)
        }
      }
    }
  }

  /// The metric of one strategy of a part, by the same operations as for all; NaN where it is undefined.
  private func value(of strategy: Int, _ part: BlockSums, over union: SplitUnion) -> Double {
    let width = BlockSums.Lanes.scalarCount
    let table = CombinationTable.sums(of: part, group: strategy / width, over: union.blocks)
    return metric.values(bars: Double(union.bars)) { table[$0] }[strategy % width]
  }

  /// The lanes of a group that hold no strategy; `nil` when all do.
  private func padding(_ part: BlockSums, _ group: Int) -> SIMDMask<SIMD8<Int64>>? {
    let width = BlockSums.Lanes.scalarCount
    guard (group + 1) * width > part.strategies else { return nil }
    return SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7) .>= Int64(part.strategies - group * width)
  }
}

/// The values that tie with one: those of leveraged copies of a strategy differ from it by rounding alone, which is no
/// rank.
struct SplitTies {
  /// The share of itself by which a value may differ: 8,192 roundings, more than a sum of returns loses and less than
  /// strategies differ by that do not hold the same.
  static let part = 0x1p-40

  let lowest: Double
  let highest: Double

  init(_ value: Double) {
    let (less, more) = (value * (1 - Self.part), value * (1 + Self.part))
    (lowest, highest) = value < 0 ? (more, less) : (less, more)
  }
}

/// The two halves of a split.
private struct SplitSides: Sendable {
  let inside: SplitUnion
  let outside: SplitUnion
}

/// The best strategy of a split, and how it stands among those that went by.
private struct SplitCandidate: Sendable {
  var selected = 0
  var highest = -Double.infinity
  var inSample = Double.nan
  var outOfSample = Double.nan
  var isDefined = false
  var worse = 0
  /// Those that were counted eight at a time.
  var worseInLane = BlockSums.Lanes.zero
  var equal = 0
  var undefined = 0
  var total = BlockSums.Lanes.zero

  func outcome(_ inside: SplitUnion, strategies: Int) -> SplitOutcome {
    // The sum of all lanes in their order.
    let sum = total.indices.reduce(0) { $0 + total[$1] }
    return SplitOutcome(
      inSampleBlocks: inside.blocks, selected: selected, inSample: inSample, outOfSample: outOfSample,
      isDefined: isDefined, worseOutOfSample: worse + Int(worseInLane.sum()), equalOutOfSample: equal,
      meanOutOfSample: sum / Double(strategies), undefinedOutOfSample: undefined)
  }
}

/// Some splits under way, with one worker at a time.
private final class SplitStretch: Sendable {
  let unions: [SplitSides]
  let candidates: Mutex<[SplitCandidate]>

  init(_ unions: [SplitUnion], allBlocks: UInt32, allBars: Int) {
    self.unions = unions.map {
      SplitSides(inside: $0, outside: SplitUnion(blocks: allBlocks ^ $0.blocks, bars: allBars - $0.bars))
    }
    candidates = Mutex(Array(repeating: SplitCandidate(), count: unions.count))
  }

  func write(to outcomes: inout SplitOutcomes, from start: Int, strategies: Int) {
    candidates.withLock { candidates in
      for (index, candidate) in candidates.enumerated() {
        outcomes[start + index] = candidate.outcome(unions[index].inside, strategies: strategies)
      }
    }
  }
}
