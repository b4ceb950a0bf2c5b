import Kernels

/// Combinatorially symmetric cross-validation for any metric, and the specification of the split kernel: all splits
/// of the blocks into two equal halves.
///
/// Each metric is computed once to find the best in sample and once more to rank it outside. A worker takes a
/// range of splits through all strategies in order; nothing depends on how many workers there are.
struct BlockCrossValidation<Metric: SplitMetric> {
  let sums: BlockSums
  let metric: Metric
  private let unions: [SplitUnion]
  private let allBlocks: UInt32
  private let allBars: Int

  init(sums: BlockSums, metric: Metric) {
    self.sums = sums
    self.metric = metric
    unions = BlockUnions.halves(of: sums)
    allBlocks = (1 << UInt32(sums.blocks)) - 1
    allBars = sums.barsInBlock.reduce(0, +)
  }

  /// The outcome of every split, in the order of their unions.
  func outcomes(threads: Int) -> [SplitOutcome] {
    // Long enough that tabulating a group costs little beside its splits.
    let length = 4 << (sums.blocks / 2)
    return DisjointSlots.fill(count: unions.count, repeating: .empty) { slots in
      Workers.forEach(
        items: (unions.count + length - 1) / length, threads: threads,
        makeState: { CombinationTable(blocks: sums.blocks, quantities: metric.quantities) },
        body: { table, item in
          let range = item * length..<min((item + 1) * length, unions.count)
          for (offset, outcome) in outcomes(range, table: &table).enumerated() {
            slots.write(outcome, at: range.lowerBound + offset)
          }
        })
    }
  }

  private func outcomes(_ range: Range<Int>, table: inout CombinationTable) -> [SplitOutcome] {
    let inside = Array(unions[range])
    let outside = inside.map { SplitUnion(blocks: allBlocks ^ $0.blocks, bars: allBars - $0.bars) }
    let selected = best(inside, table: &table)
    let found = zip(selected, outside).map { value(of: $0, over: $1) }
    let standings = standings(of: found, outside, table: &table)
    return inside.indices.map { index in
      let standing = standings[index]
      return SplitOutcome(
        inSampleBlocks: inside[index].blocks, selected: selected[index],
        inSample: value(of: selected[index], over: inside[index]), outOfSample: found[index],
        worseOutOfSample: standing.worse, equalOutOfSample: standing.equal, meanOutOfSample: standing.mean,
        undefinedOutOfSample: standing.undefined)
    }
  }

  /// The best strategy over each of `unions`, of equals the first; the first of all where none is defined.
  private func best(_ unions: [SplitUnion], table: inout CombinationTable) -> [Int] {
    var selected = Array(repeating: 0, count: unions.count)
    var highest = Array(repeating: -Double.infinity, count: unions.count)
    for group in 0..<sums.groups {
      table.load(sums, group: group)
      let padding = padding(group)
      for index in unions.indices {
        var values = table.values(metric, blocks: unions[index].blocks, bars: Double(unions[index].bars))
        if let padding { values.replace(with: .nan, where: padding) }
        guard any(values .> highest[index]) else { continue }
        for lane in 0..<values.scalarCount where values[lane] > highest[index] {
          highest[index] = values[lane]
          selected[index] = group * values.scalarCount + lane
        }
      }
    }
    return selected
  }

  /// How a strategy stands among all.
  private struct Standing {
    var worse = 0
    var equal = 0
    var undefined = 0
    var mean = Double.nan
  }

  /// How the value `found[i]` of one strategy over `unions[i]` stands among the values of all.
  private func standings(of found: [Double], _ unions: [SplitUnion], table: inout CombinationTable)
    -> [Standing]
  {
    var standings = Array(repeating: Standing(), count: unions.count)
    var worse = Array(repeating: BlockSums.Lanes.zero, count: unions.count)
    var total = worse
    for group in 0..<sums.groups {
      table.load(sums, group: group)
      let padding = padding(group)
      for index in unions.indices {
        let values = table.values(metric, blocks: unions[index].blocks, bars: Double(unions[index].bars))
        let value = found[index]
        let isUndefined = values .!= values
        // Ties and gaps are rare, so they are counted one by one.
        if padding != nil || any(isUndefined .| (values .== value)) {
          let last = min(values.scalarCount, sums.strategies - group * values.scalarCount)
          for lane in 0..<last {
            if values[lane].isNaN {
              standings[index].undefined += 1
            } else {
              total[index][lane] += values[lane]
              if values[lane] < value { worse[index][lane] += 1 }
              if values[lane] == value { standings[index].equal += 1 }
            }
          }
        } else {
          total[index] += values
          worse[index] += BlockSums.Lanes(repeating: 0).replacing(with: 1, where: values .< value)
        }
      }
    }
    for index in unions.indices {
      let undefined = standings[index].undefined
      if found[index].isNaN {
        standings[index].equal = undefined
      } else {
        standings[index].worse = Int(added(worse[index])) + undefined
      }
      let defined = sums.strategies - undefined
      standings[index].mean = defined > 0 ? added(total[index]) / Double(defined) : .nan
    }
    return standings
  }

  /// The metric of one strategy, by the same operations as for all.
  private func value(of strategy: Int, over union: SplitUnion) -> Double {
    let width = BlockSums.Lanes.scalarCount
    let table = CombinationTable.sums(of: sums, group: strategy / width, over: union.blocks)
    return metric.values(bars: Double(union.bars)) { table[$0] }[strategy % width]
  }

  /// The lanes of a group that hold no strategy; `nil` when all do.
  private func padding(_ group: Int) -> SIMDMask<SIMD8<Int64>>? {
    let width = BlockSums.Lanes.scalarCount
    guard (group + 1) * width > sums.strategies else { return nil }
    return SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7) .>= Int64(sums.strategies - group * width)
  }

  /// The sum of all lanes in their order.
  private func added(_ lanes: BlockSums.Lanes) -> Double {
    lanes.indices.reduce(0) { $0 + lanes[$1] }
  }
}
