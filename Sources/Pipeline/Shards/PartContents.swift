import Backtesting
import Kernels
import Statistics

/// The sections of parts, by what they hold:
///
/// - tallies: for each segment the counts and the sums of its strategies, see ``TallyColumns``;
/// - block sums: how many strategies of the part are ranked; the numbers of their `BlockSums`, side by side, with the
///   padding of the last group;
/// - walk-forward, combinatorial: for each split the number of its winner (2³² - 1 for none), then their counts and sums;
/// - resamples: for each strategy Σx; for each ω; then the maxima by `NullStatistic` and resample; then those by
///   `SnoopingSubset` and resample;
/// - permutations: for each the best metric, more is better, NaN for none; where they are cross-validated, for each how many
///   strategies are ranked; then their sums as above, one permutation after the other.
enum PartContents {
  /// What stands in place of a winner.
  static let noWinner = UInt32.max

  static func sections(_ table: TallyTable) -> [[UInt8]] {
    table.timeline.segments.indices.flatMap { segment in
      TallyColumns.sections(table.tallies[segment * table.count..<(segment + 1) * table.count])
    }
  }

  static func sections(_ sums: BlockSums) -> [[UInt8]] {
    [LittleEndian.bytes([UInt32(sums.strategies)]), LittleEndian.bytes(sums.values)]
  }

  static func sections(_ winners: [FoldSweep.Winner?]) -> [[UInt8]] {
    let numbers = winners.map { $0.map { UInt32($0.strategy) } ?? noWinner }
    return [LittleEndian.bytes(numbers)] + TallyColumns.sections(winners.map { $0?.training ?? Tally() }[...])
  }

  static func sections(_ part: SnoopingPart) -> [[UInt8]] {
    [
      LittleEndian.bytes(part.means.map { $0.sum }),
      LittleEndian.bytes(part.means.map { $0.longRunDeviation }),
      LittleEndian.bytes(NullStatistic.allCases.flatMap { part.maxima.maxima($0) }),
      LittleEndian.bytes(part.maxima.subsets.flatMap(\.maxima)),
    ]
  }

  static func sections(_ permuted: [PermutationFinding.Permuted]) -> [[UInt8]] {
    let sums = permuted.compactMap(\.sums)
    return [
      LittleEndian.bytes(permuted.map(\.best)), LittleEndian.bytes(sums.map { UInt32($0.strategies) }),
      LittleEndian.bytes(sums.flatMap(\.values)),
    ]
  }

  static func table(_ sections: [ArraySlice<UInt8>], _ strategies: Range<Int>, timeline: Timeline)
    -> TallyTable
  {
    TallyTable(
      timeline: timeline, firstStrategy: strategies.lowerBound, count: strategies.count,
      tallies: timeline.segments.indices.flatMap { segment in
        TallyColumns.tallies(counts: sections[2 * segment], sums: sections[2 * segment + 1])
      })
  }

  /// The sums of the strategies of a part that are ranked.
  struct RankedSums: Sendable {
    let strategies: Int
    let values: [Double]
  }

  static func blockSums(_ sections: [ArraySlice<UInt8>]) -> RankedSums {
    RankedSums(strategies: ranked(sections), values: LittleEndian.doubles(sections[1]))
  }

  /// How many strategies of a part of block sums are ranked.
  static func ranked(_ sections: [ArraySlice<UInt8>]) -> Int {
    Int(LittleEndian.integers32(sections[0])[0])
  }

  static func winners(_ sections: [ArraySlice<UInt8>]) -> [FoldSweep.Winner?] {
    zip(
      LittleEndian.integers32(sections[0]), TallyColumns.tallies(counts: sections[1], sums: sections[2])
    ).map { number, tally in
      number == noWinner ? nil : FoldSweep.Winner(strategy: Int(number), training: tally)
    }
  }

  static func snoopingPart(
    _ sections: [ArraySlice<UInt8>], _ strategies: Range<Int>, _ resamples: Resamples
  ) -> SnoopingPart {
    let means = zip(LittleEndian.doubles(sections[0]), LittleEndian.doubles(sections[1])).map {
      MeanReturn(bars: resamples.bars, sum: $0, longRunDeviation: $1)
    }
    func rows(_ section: ArraySlice<UInt8>) -> [[Double]] {
      let maxima = LittleEndian.doubles(section)
      return stride(from: 0, to: maxima.count, by: resamples.count).map {
        Array(maxima[$0..<$0 + resamples.count])
      }
    }
    let first = strategies.lowerBound
    return SnoopingPart(
      means: means,
      maxima: SnoopingMaxima(
        resamples: resamples, means: means, firstStrategy: first, values: rows(sections[2]),
        subsets: zip(SnoopingSubset.allCases, rows(sections[3])).map {
          SubsetMaxima($0, means: means, firstStrategy: first, maxima: $1)
        }))
  }

  /// - Parameter shape: of the sums, whatever its number of strategies.
  static func permuted(
    _ sections: [ArraySlice<UInt8>], _ shape: BlockSumsShape?
  ) -> [PermutationFinding.Permuted] {
    let (best, ranked) = (LittleEndian.doubles(sections[0]), LittleEndian.integers32(sections[1]))
    guard let shape, !ranked.isEmpty else {
      return best.map { PermutationFinding.Permuted(best: $0, sums: nil) }
    }
    let values = LittleEndian.doubles(sections[2])
    var start = 0
    return zip(best, ranked).map { best, ranked in
      let end = start + shape.values(strategies: Int(ranked))
      defer { start = end }
      return PermutationFinding.Permuted(
        best: best, sums: RankedSums(strategies: Int(ranked), values: Array(values[start..<end])))
    }
  }
}

/// Tallies as two sections, column after column: whole numbers (bars, bars in market, winning bars, trades closed, trades
/// won; with a sign, since winning bars may be one less than none), and sums (x, x², x³, x⁴, min(x,0), min(x,0)², growth, highest, lowest, maximum drawdown, turnover, gross profit,
/// gross loss).
enum TallyColumns {
  /// How many whole numbers and how many sums a tally has.
  static let (countColumns, sumColumns) = (5, 13)

  static func sections(_ tallies: ArraySlice<Tally>) -> [[UInt8]] {
    func counts(_ value: (Tally) -> Int) -> [UInt8] {
      LittleEndian.bytes(tallies.map { UInt32(bitPattern: Int32(value($0))) })
    }
    func sums(_ value: (Tally) -> Double) -> [UInt8] { LittleEndian.bytes(tallies.map(value)) }
    let whole =
      counts { $0.bars } + counts { $0.barsInMarket } + counts { $0.winningBars } + counts { $0.tradesClosed }
      + counts { $0.tradesWon }
    let powers =
      sums { $0.sum } + sums { $0.sumOfSquares } + sums { $0.sumOfCubes } + sums { $0.sumOfFourths }
      + sums { $0.sumOfLosses } + sums { $0.sumOfSquaredLosses }
    let path = sums { $0.growth } + sums { $0.highest } + sums { $0.lowest } + sums { $0.maximumDrawdown }
    let trades = sums { $0.turnover } + sums { $0.grossProfit } + sums { $0.grossLoss }
    return [whole, powers + path + trades]
  }

  static func tallies(counts: ArraySlice<UInt8>, sums: ArraySlice<UInt8>) -> [Tally] {
    let wholes = LittleEndian.integers32(counts)
    let reals = LittleEndian.doubles(sums)
    let count = wholes.count / countColumns
    return (0..<count).map { index in
      func whole(_ column: Int) -> Int { Int(Int32(bitPattern: wholes[column * count + index])) }
      func real(_ column: Int) -> Double { reals[column * count + index] }
      var tally = Tally(bars: whole(0))
      tally.barsInMarket = whole(1)
      tally.winningBars = whole(2)
      tally.tradesClosed = whole(3)
      tally.tradesWon = whole(4)
      tally.sum = real(0)
      tally.sumOfSquares = real(1)
      tally.sumOfCubes = real(2)
      tally.sumOfFourths = real(3)
      tally.sumOfLosses = real(4)
      tally.sumOfSquaredLosses = real(5)
      tally.growth = real(6)
      tally.highest = real(7)
      tally.lowest = real(8)
      tally.maximumDrawdown = real(9)
      tally.turnover = real(10)
      tally.grossProfit = real(11)
      tally.grossLoss = real(12)
      return tally
    }
  }
}
